package io.videoml.testkit.rtsp;

import com.sun.jna.Pointer;

/** What GStreamer tells a probe: fields as they lie in GStreamer 1.x on machines of 64 bits. */
final class ProbeInfo {
  private static final int DATA = 16;
  private static final int BUFFER_PTS = 72;
  private static final int BUFFER_DTS = 80;
  private static final long NO_TIME = -1;
  private static final int REQUEST_TYPE = 64;
  private static final int EVENT_SEEK = 200 << 8 | 1;
  private static final int QUERY_SEEKING = 60 << 8 | 3;

  private ProbeInfo() {}

  /** Returns whether a probe of events and queries is told of one about seeking. */
  static boolean isSeek(long info) {
    int type = data(info).getInt(REQUEST_TYPE);
    return type == EVENT_SEEK || type == QUERY_SEEKING;
  }

  /**
   * Gives a buffer the time of its decoding as that of its showing, which parsers of raw files
   * leave open: right where there are no B frames.
   */
  static void showWhenDecoded(long info) {
    Pointer buffer = data(info);
    if (buffer.getLong(BUFFER_PTS) == NO_TIME) {
      buffer.setLong(BUFFER_PTS, buffer.getLong(BUFFER_DTS));
    }
  }

  private static Pointer data(long info) {
    return new Pointer(info).getPointer(DATA);
  }
}
