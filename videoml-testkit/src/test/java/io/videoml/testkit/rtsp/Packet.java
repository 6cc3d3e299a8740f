package io.videoml.testkit.rtsp;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One packet as it came: RTP, or RTCP. */
record Packet(boolean rtcp, byte[] bytes) {
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

  int sequence() {
    return ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
  }

  /** In units of 1/90000 s. */
  long timestamp() {
    return ByteBuffer.wrap(bytes).getInt(4) & 0xffffffffL;
  }

  /** Returns the type of an H.264 packet's first unit; of those that are fragments, the whole's. */
  int unitType() {
    int type = bytes[12] & 0x1f;
    return type == 28 ? bytes[13] & 0x1f : type == 24 ? bytes[15] & 0x1f : type;
  }

  /** Returns the sequence parameter set that an H.264 packet starts with. */
  Optional<String> parameterSet() {
    if (rtcp || unitType() != 7) {
      return Optional.empty();
    }
    int from = (bytes[12] & 0x1f) == 24 ? 15 : 12;
    int to = from == 15 ? 15 + ByteBuffer.wrap(bytes).getShort(13) : bytes.length;
    return Optional.of(HexFormat.of().formatHex(bytes, from, to));
  }

  /** Returns what the camera says the time is, where this is a sender report. */
  Optional<Instant> wallClock() {
    if (!rtcp || (bytes[1] & 0xff) != 200) {
      return Optional.empty();
    }
    ByteBuffer report = ByteBuffer.wrap(bytes);
    long seconds = report.getInt(8) & 0xffffffffL;
    long nanos = (report.getInt(12) & 0xffffffffL) * 1_000_000_000L >> 32;
    return Optional.of(Instant.ofEpochSecond(seconds - SECONDS_1900_TO_1970, nanos));
  }
}
