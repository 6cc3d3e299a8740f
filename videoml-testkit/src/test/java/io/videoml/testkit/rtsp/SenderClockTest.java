package io.videoml.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SenderClockTest {
  @Test
  void shift_reportAmongOthers_movesItsTimeAlone() {
    // A receiver report of one word of body, then a sender report, then the start of another.
    ByteBuffer packets = ByteBuffer.allocate(8 + 28 + 4);
    packets.putInt(0x80c90001).putInt(7);
    packets.putInt(0x80c80006).putInt(7).putInt(1000).putInt(0x80000000).putInt(90_000);
    packets.position(36).putInt(0x80c80006);
    byte[] before = packets.array().clone();

    SenderClock.shift(packets.array(), Duration.ofMillis(-1_250).toNanos());

    assertThat(packets.getInt(16)).isEqualTo(999);
    assertThat(packets.getInt(20)).isEqualTo(0x40000000);
    packets.putInt(16, 1000).putInt(20, 0x80000000);
    assertThat(packets.array()).isEqualTo(before);
  }

  @Test
  void shift_byHours_isExact() {
    ByteBuffer report = ByteBuffer.allocate(28);
    report.putInt(0x80c80006).putInt(7).putInt(5000).putInt(1);

    SenderClock.shift(report.array(), Duration.ofHours(1).toNanos());

    assertThat(report.getInt(8)).isEqualTo(8600);
    assertThat(report.getInt(12)).isEqualTo(1);
  }

  @Test
  void shift_brokenLengths_stayWithinThePacket() {
    byte[] broken = {(byte) 0x80, (byte) 200, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0, 1, 2};
    byte[] before = broken.clone();

    SenderClock.shift(broken, 1_000_000_000L);

    assertThat(broken).isEqualTo(before);
  }
}
