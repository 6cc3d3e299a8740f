package io.videoml.kvs.produce;

import io.videoml.frame.CaptureClock;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalDouble;

/** Packets whose bytes say which they are. */
final class TestPackets {
  static final Instant START = Instant.parse("2026-03-01T10:00:00.123Z");
  static final EncodedFormat FORMAT = format(1);

  private TestPackets() {}

  /** Returns a format whose private data differs from those of other variants. */
  static EncodedFormat format(int variant) {
    byte[] avcC = {1, 100, 0, 31, -1, (byte) 0xE0, 0, (byte) variant};
    return new EncodedFormat(
        "h264", Packaging.LENGTH_PREFIXED, 1920, 1080, avcC, OptionalDouble.of(30));
  }

  /** Returns the n-th picture of 30 a second, with its number in its first eight bytes. */
  static EncodedPacket packet(long n, boolean key, int length, EncodedFormat format) {
    long nanos = n * 1_000_000_000L / 30;
    PacketInfo info =
        new PacketInfo(
            format,
            nanos,
            nanos,
            key,
            n == 0,
            false,
            START.plusNanos(nanos),
            CaptureClock.PTS_ANCHORED,
            0);
    ByteBuffer data = ByteBuffer.allocate(Math.max(length, 8)).putLong(0, n);
    return packet(info, data);
  }

  static EncodedPacket packet(PacketInfo info, ByteBuffer data) {
    return new EncodedPacket() {
      @Override
      public PacketInfo info() {
        return info;
      }

      @Override
      public ByteBuffer data() {
        return data.asReadOnlyBuffer();
      }
    };
  }
}
