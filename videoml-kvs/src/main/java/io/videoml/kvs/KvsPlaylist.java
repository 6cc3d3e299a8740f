package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * Where a stream can be played by HLS for a while. Whoever has the address has the video: its token
 * is a credential, which {@link #toString} leaves out.
 *
 * <p>Threading: immutable.
 */
public final class KvsPlaylist {
  private final URI address;

  KvsPlaylist(URI address) {
    this.address = requireNonNull(address, "address");
  }

  /**
   * Returns the address with its token, as for {@code FfmpegSource.of}, whose id and messages leave
   * the token out.
   */
  public URI address() {
    return address;
  }

  @Override
  public String toString() {
    return "KvsPlaylist[%s://%s%s]"
        .formatted(address.getScheme(), address.getAuthority(), address.getPath());
  }
}
