package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What an implementation says to the contract of sources, and what the contract's tests share. */
abstract class FrameSourceSetup {

  /**
   * Returns a source that reads the whole clip, from its first frame to its end. Called several
   * times a test.
   */
  protected abstract FrameSource source();

  /**
   * Returns what is in the clip: at least 20 frames, 3 of them key frames, with frames after the
   * last key frame.
   */
  protected abstract ExpectedClip expected();

  /**
   * Returns a source that delivers at least one frame, then nothing, and stays open; empty where
   * none can be made.
   */
  protected abstract Optional<FrameSource> silentSource();

  /**
   * Returns a source whose open waits for a peer that never answers, for at least half a minute;
   * empty where opening waits for no one.
   */
  protected abstract Optional<FrameSource> unresponsiveSource();

  /**
   * Returns a source with these credentials, which fails to open at once or delivers the clip;
   * empty where the kind of source knows no credentials.
   */
  protected abstract Optional<FrameSource> sourceWithCredentials(String user, String password);

  /**
   * Returns by how much a time may differ from the expected one; override where a container rounds
   * coarser.
   */
  protected Duration timeTolerance() {
    return Duration.ofMillis(1);
  }

  final List<FrameInfo> readAll(
      FrameSource source, Optional<ResumePosition> from, DecodeDemand demand) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open(from, demand)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
    return frames;
  }

  final void assertTimes(List<FrameInfo> frames, int from) {
    IntStream.range(0, frames.size()).forEach(i -> assertTime(frames.get(i), from + i));
  }

  final void assertTime(FrameInfo frame, int position) {
    assertThat(frame.time().pts())
        .as("time of frame %d", position)
        .isCloseTo(expected().pts().get(position), timeTolerance());
  }

  final List<Long> positions(int from) {
    return LongStream.range(from, expected().frames()).boxed().toList();
  }

  static List<Long> indices(List<FrameInfo> frames) {
    return frames.stream().map(FrameInfo::index).toList();
  }

  static int firstNonKey(List<FrameInfo> frames) {
    return IntStream.range(0, frames.size())
        .filter(i -> !frames.get(i).keyFrame())
        .findFirst()
        .orElseThrow(() -> new AssertionError("only key frames came after the demand was widened"));
  }

  static void assertClosed(ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.CLOSED));
  }

  static <T> T require(Optional<T> optional, String reason) {
    assumeTrue(optional.isPresent(), reason);
    return optional.orElseThrow();
  }

  static void fail(String message) {
    throw new AssertionError(message);
  }
}
