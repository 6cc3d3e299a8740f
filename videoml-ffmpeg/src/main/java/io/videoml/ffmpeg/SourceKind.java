package io.videoml.ffmpeg;

import java.util.Locale;

/**
 * How a stream is reached, and which protocols FFmpeg may use on the way.
 *
 * <p>The list is what keeps a remote playlist or redirect from naming a local file, a device or one
 * of FFmpeg's private schemes ({@code concat:}, {@code data:}, {@code pipe:}, {@code subfile:}):
 * everything not named is refused. A local file may name other local files, as a playlist does, and
 * nothing else.
 */
enum SourceKind {
  FILE(false, "file,crypto"),
  HTTP(false, "http,https,tls,tcp,crypto,httpproxy"),
  RTSP(true, "rtsp,rtsps,rtp,srtp,udp,tcp,tls"),
  UDP(true, "udp,rtp,srtp"),
  SRT(true, "srt");

  private final boolean live;
  private final String protocols;

  SourceKind(boolean live, String protocols) {
    this.live = live;
    this.protocols = protocols;
  }

  boolean live() {
    return live;
  }

  /** Returns FFmpeg's {@code protocol_whitelist}. */
  String protocols() {
    return protocols;
  }

  /** Returns whether a TCP connection comes first, so that its host can be looked up and tried. */
  boolean connects() {
    return this == HTTP || this == RTSP;
  }

  /**
   * Returns the kind of an address.
   *
   * @throws IllegalArgumentException if the scheme is none that this module reads
   */
  static SourceKind of(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "file" -> FILE;
      case "http", "https" -> HTTP;
      case "rtsp", "rtsps" -> RTSP;
      case "udp", "rtp" -> UDP;
      case "srt" -> SRT;
      default ->
          throw new IllegalArgumentException(
              "cannot read "
                  + scheme
                  + ": addresses; use file, http, https, rtsp, rtsps, udp, rtp or srt");
    };
  }
}
