package io.videoml.gstreamer;

/** How the pictures of an RTSP stream travel. */
public enum RtspTransport {
  /** Within the RTSP connection: passes firewalls, loses nothing; the default. */
  TCP("tcp"),
  /** As datagrams: the lowest delay, but lost packets damage pictures. */
  UDP("udp"),
  /** TCP; where the server refuses that or nothing comes by it, UDP. */
  TCP_THEN_UDP("tcp");

  private final String protocol;

  RtspTransport(String protocol) {
    this.protocol = protocol;
  }

  /** Returns GStreamer's name of what is tried first. */
  String protocol() {
    return protocol;
  }
}
