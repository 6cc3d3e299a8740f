package io.videoml.kvs;

import io.videoml.kvs.client.KvsConnection;
import java.net.URI;
import java.util.Locale;

/** Names what a source connects to. */
final class Hosts {
  private Hosts() {}

  /** Returns the host of the control plane; those of the media are known only later. */
  static String of(KvsConnection connection) {
    return connection
        .endpoint()
        .map(URI::getHost)
        .orElse("kinesisvideo." + connection.region().orElse("default"))
        .toLowerCase(Locale.ROOT);
  }
}
