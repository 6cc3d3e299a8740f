package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is read as a camera would send it. */
class RealTimeTest {
  private static final long CLOCK_ROUNDING_NANOS = Duration.ofMillis(2).toNanos();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(DecodeDemand.class)
  void read_atItsPace_noFrameComesBeforeItsTime(DecodeDemand demand) {
    FfmpegSource source = FfmpegSource.builder(clip()).realTime().build();
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), demand)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }

    assertThat(source.live()).isTrue();
    long start = frames.get(0).time().arrivalNanos();
    for (FrameInfo frame : frames) {
      assertThat(frame.time().capturedFrom()).isEqualTo(CaptureClock.ARRIVAL);
      assertThat(frame.time().arrivalNanos() - start)
          .isGreaterThanOrEqualTo(frame.time().pts().toNanos() - CLOCK_ROUNDING_NANOS);
    }
  }

  @Test
  void live_toldOtherwise_isNot() {
    assertThat(FfmpegSource.builder(clip()).realTime().live(false).build().live()).isFalse();
  }

  @Test
  void read_interruptedWhileItWaits_failsAsClosed() {
    try (FrameReader reader = FfmpegSource.builder(clip()).realTime().build().open()) {
      reader.tryAdvance(frame -> {});
      Thread.currentThread().interrupt();

      SourceException failure = null;
      for (int i = 0; failure == null && i < 60; i++) {
        try {
          reader.tryAdvance(frame -> {});
        } catch (SourceException e) {
          failure = e;
        }
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure)
          .isNotNull()
          .extracting(SourceException::kind)
          .isEqualTo(SourceException.Kind.CLOSED);
    }
  }

  private Path clip() {
    return Clips.encode(
        TestClips.movingSquare().withFrames(20), directory.resolve("a.mp4"), "libopenh264", 0);
  }
}
