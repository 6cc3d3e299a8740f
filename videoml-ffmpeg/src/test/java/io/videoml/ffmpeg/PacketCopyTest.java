package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.packet.PacketInfo;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacketCopyTest {
  private static final long MILLI = 1_000_000;

  private final Script input = new Script();
  private final PacketCopy copy = new PacketCopy(input);

  @BeforeAll
  static void load() {
    Natives.require("test");
  }

  @AfterEach
  void close() {
    input.close();
  }

  @Test
  void lend_timestampsBeginLater_goOnFromWhatWasExpected() {
    assertThat(taken(AV_NOPTS_VALUE, AV_PKT_FLAG_KEY).ptsNanos()).isZero();
    assertThat(taken(AV_NOPTS_VALUE, 0).ptsNanos()).isEqualTo(40 * MILLI);

    PacketInfo third = taken(5_000, 0);
    PacketInfo fourth = taken(5_040, 0);

    assertThat(third.ptsNanos()).isEqualTo(80 * MILLI);
    assertThat(third.dtsNanos()).isEqualTo(80 * MILLI);
    assertThat(fourth.ptsNanos()).isEqualTo(120 * MILLI);
  }

  @Test
  void lend_hiddenByAnEditList_isDecodeOnlyAndBeforeTheStart() {
    input.start = 100;

    PacketInfo first = taken(20, AV_PKT_FLAG_KEY | AV_PKT_FLAG_DISCARD);
    PacketInfo second = taken(60, AV_PKT_FLAG_DISCARD);
    PacketInfo third = taken(100, 0);

    assertThat(first.decodeOnly()).isTrue();
    assertThat(first.ptsNanos()).isEqualTo(-80 * MILLI);
    assertThat(second.decodeOnly()).isTrue();
    assertThat(third.decodeOnly()).isFalse();
    assertThat(third.ptsNanos()).isZero();
    assertThat(Duration.between(first.captured(), third.captured()))
        .isEqualTo(Duration.ofMillis(80));
  }

  private PacketInfo taken(long millis, int flags) {
    input.packet.pts(millis).dts(millis).flags(flags);
    assertThat(copy.take()).isTrue();
    return copy.lend().info();
  }

  /** One packet, whose fields a test sets; in milliseconds, 25 a second. */
  private static final class Script implements PacketInput {
    private final AVPacket packet = av_packet_alloc();
    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private long start = AV_NOPTS_VALUE;

    Script() {
      parameters.codec_id(AV_CODEC_ID_H264);
    }

    @Override
    public String id() {
      return "script";
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public TimeBase base() {
      return new TimeBase(1, 1000, 40 * MILLI, OptionalDouble.of(25));
    }

    @Override
    public long startTicks() {
      return start;
    }

    @Override
    public AVCodecParameters parameters() {
      return parameters;
    }

    @Override
    public AVPacket packet() {
      return packet;
    }

    @Override
    public boolean read() {
      return true;
    }

    @Override
    public long arrivalNanos() {
      return 0;
    }

    @Override
    public long capturedMicros() {
      return SenderTime.UNKNOWN;
    }

    @Override
    public OptionalLong bytesReceived() {
      return OptionalLong.empty();
    }

    @Override
    public void close() {
      av_packet_free(packet);
      avcodec_parameters_free(parameters);
    }
  }
}
