package io.videoml.gstreamer;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an RTSP stream is reached.
 *
 * @param address without credentials, but for its own fields
 * @param user empty for none
 * @param password empty for none
 * @param transport what is tried
 * @param latency how long packets wait for those before them
 * @param dropOnLatency whether packets that waited longer are dropped
 * @param anchors file of certificates that are trusted; null for those of the machine
 * @param insecure whether any certificate will do
 */
record RtspSettings(
    RtspAddress address,
    String user,
    String password,
    RtspTransport transport,
    Duration latency,
    boolean dropOnLatency,
    @Nullable String anchors,
    boolean insecure)
    implements Serializable {

  RtspSettings with(RtspTransport other) {
    return new RtspSettings(
        address, user, password, other, latency, dropOnLatency, anchors, insecure);
  }

  @Override
  public String toString() {
    return address.id();
  }
}
