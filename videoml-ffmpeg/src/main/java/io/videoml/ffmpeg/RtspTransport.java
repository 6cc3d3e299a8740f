package io.videoml.ffmpeg;

/** How the pictures of an RTSP stream travel. */
public enum RtspTransport {
  /** Within the RTSP connection: passes firewalls, loses nothing; the default. */
  TCP,
  /** As datagrams: the lowest delay, but lost packets damage pictures. */
  UDP,
  /** Within the connection where the camera allows it, else as datagrams. */
  TCP_THEN_UDP
}
