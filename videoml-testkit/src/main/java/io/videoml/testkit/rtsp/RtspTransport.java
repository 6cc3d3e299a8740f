package io.videoml.testkit.rtsp;

/** How packets may travel; a client that asks for another way gets 461. */
public enum RtspTransport {
  /** Interleaved with the requests, on one connection. */
  TCP(4),
  /** Unicast datagrams. */
  UDP(1);

  /** The bit of {@code GstRTSPLowerTrans}. */
  private final int flag;

  RtspTransport(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }
}
