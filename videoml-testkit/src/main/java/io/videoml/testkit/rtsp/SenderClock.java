package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.Gst.NULL;

import java.nio.ByteBuffer;

/**
 * Rewrites the wall clock of outgoing RTCP sender reports. Media is paced by another clock, so only
 * what the camera says of the time changes, as when NTP corrects it.
 *
 * <p>Threading: the offset from any thread; reports come on GStreamer's threads.
 */
final class SenderClock {
  private static final int SENDER_REPORT = 200;
  private static final int NTP_AT = 8;

  private final Gst.RtcpCallback onReport =
      (session, buffer, early, data) -> {
        rewrite(buffer);
        return false;
      };

  volatile long offsetNanos;

  void rule(long session) {
    Gst.g_signal_connect_data(session, "on-sending-rtcp", onReport, NULL, NULL, 0);
  }

  private void rewrite(long buffer) {
    long offset = offsetNanos;
    int size = (int) Gst.gst_buffer_get_size(buffer);
    if (offset == 0 || size < NTP_AT) {
      return;
    }
    byte[] bytes = new byte[size];
    Gst.gst_buffer_extract(buffer, 0, bytes, size);
    shift(bytes, offset);
    Gst.gst_buffer_fill(buffer, 0, bytes, size);
  }

  /** Shifts the time in all sender reports of a compound packet (RFC 3550, section 6.4.1). */
  static void shift(byte[] compound, long nanos) {
    ByteBuffer packets = ByteBuffer.wrap(compound);
    for (int at = 0; at + 4 <= compound.length; ) {
      int length = 4 * ((packets.getShort(at + 2) & 0xffff) + 1);
      if ((packets.get(at + 1) & 0xff) == SENDER_REPORT && at + NTP_AT + 8 <= compound.length) {
        long ntp = packets.getLong(at + NTP_AT);
        packets.putLong(at + NTP_AT, ntp + fixedPoint(nanos));
      }
      at += length;
    }
  }

  /** Returns seconds with 32 bits of fraction; NTP wraps around, and so may this. */
  private static long fixedPoint(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    long rest = Math.floorMod(nanos, 1_000_000_000L);
    return (seconds << 32) + (rest << 32) / 1_000_000_000L;
  }
}
