package io.videoml.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.PipelineAssertions;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyFrameSourceTest {
  private final TestClip clip = TestClips.movingSquare();

  @Test
  void open_playsTheScriptThenIsWell() {
    FaultyFrameSource camera =
        unpaced()
            .connection(Behaviour.healthy().refuse(Kind.AUTHENTICATION))
            .connections(2, Behaviour.healthy().failAt(3, Kind.NETWORK))
            .build();

    assertFails(Kind.AUTHENTICATION, camera::open);
    for (int i = 0; i < 2; i++) {
      try (FrameReader reader = camera.open()) {
        assertThat(read(reader, 3, FrameInfo::index)).containsExactly(0L, 1L, 2L);
        assertFails(Kind.NETWORK, () -> reader.tryAdvance(frame -> {}));
      }
    }
    try (FrameReader reader = camera.open()) {
      assertThat(read(reader, 200, FrameInfo::index)).hasSize(200); // beyond the clip's 60
      assertThat(camera.counts().openNow()).isOne();
    }
    assertThat(camera.counts().opens()).isEqualTo(4);
    assertThat(camera.counts().closes()).isEqualTo(3);
    assertThat(camera.counts().openNow()).isZero();
    assertThat(camera.counts().frames()).isEqualTo(206);
    assertThat(camera.counts().ledger().handles()).isEqualTo(206);
    assertThat(camera.counts().ledger().open()).isZero();
  }

  @Test
  void endAt_and_throwAt_comeInPlaceOfTheFrame() {
    try (FrameReader reader = open(Behaviour.healthy().endAt(2))) {
      read(reader, 2, FrameInfo::index);
      assertThat(reader.tryAdvance(frame -> {})).isFalse();
    }
    try (FrameReader reader = open(Behaviour.healthy().throwAt(0))) {
      assertThatIllegalStateException().isThrownBy(() -> reader.tryAdvance(frame -> {}));
    }
  }

  @Test
  void silentAt_sendsNothing_framelessAtSendsData() {
    Thread first;
    Thread second;
    try (FrameReader silent = open(Behaviour.healthy().silentAt(1));
        FrameReader frameless = open(Behaviour.healthy().framelessAt(1))) {
      first = reading(silent);
      second = reading(frameless);

      long before = frameless.bytesReceived().orElseThrow();
      while (frameless.bytesReceived().orElseThrow() < before + 5) {
        Thread.onSpinWait();
      }
      assertThat(silent.bytesReceived()).hasValue(1000);
    }
    assertEnds(first);
    assertEnds(second);
  }

  @Test
  void freezeAt_showsOnePictureFromThenOn() {
    List<Integer> brightest = new ArrayList<>();
    try (FrameReader reader = open(Behaviour.healthy().freezeAt(3))) {
      for (int i = 0; i < 6; i++) {
        reader.tryAdvance(frame -> brightest.add(leftOfSquare(frame)));
      }
    }

    assertThat(brightest).containsExactly(0, 1, 2, 3, 3, 3);
  }

  @Test
  void joinMidGop_isCorruptUpToTheFirstKeyFrame() {
    List<FrameInfo> frames;
    try (FrameReader reader = open(Behaviour.healthy().joinMidGop())) {
      frames = read(reader, 12, info -> info);
    }

    assertThat(frames)
        .extracting(FrameInfo::corrupt)
        .startsWith(true, true, true, true, true, true);
    assertThat(frames.get(6).keyFrame()).isTrue();
    assertThat(frames.subList(6, 12)).extracting(FrameInfo::corrupt).containsOnly(false);
  }

  @Test
  void corrupt_marksFrames() {
    try (FrameReader reader = open(Behaviour.healthy().corrupt(1, 3))) {
      assertThat(read(reader, 4, FrameInfo::corrupt)).containsExactly(false, true, true, false);
    }
  }

  @Test
  void resizeAt_andCodec_areSeenInFramesAndStream() {
    try (FrameReader reader = open(Behaviour.healthy().resizeAt(1, 32, 24).codec("h265"))) {
      assertThat(read(reader, 2, FrameInfo::width)).containsExactly(64, 32);
      assertThat(reader.stream().width()).isEqualTo(32);
      assertThat(reader.stream().height()).isEqualTo(24);
      assertThat(reader.stream().codec()).isEqualTo("h265");
    }
  }

  @Test
  void jumpClockAt_movesBothTimesButNeverBelowZero() {
    Duration hour = Duration.ofHours(1);
    try (FrameReader reader = open(Behaviour.healthy().jumpClockAt(1, hour))) {
      assertThat(read(reader, 2, info -> info.time().pts()))
          .containsExactly(Duration.ZERO, clip.pts(1).plus(hour));
    }
    try (FrameReader reader = open(Behaviour.healthy().jumpClockAt(2, hour.negated()))) {
      List<FrameInfo> frames = read(reader, 4, info -> info);
      assertThat(frames)
          .extracting(info -> info.time().pts())
          .containsExactly(Duration.ZERO, clip.pts(1), Duration.ZERO, clip.pts(1));
      assertThat(frames.get(3).time().captured()).isBefore(Instant.now().minusSeconds(3000));
    }
  }

  @Test
  void slowBy_delaysFrames() {
    long start = System.nanoTime();
    try (FrameReader reader = open(Behaviour.healthy().slowBy(Duration.ofMillis(5)))) {
      read(reader, 4, FrameInfo::index);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(19));
  }

  @Test
  void camera_travels() {
    FaultyFrameSource camera = unpaced().connection(Behaviour.healthy().endAt(3)).build();

    PipelineAssertions.assertTravels(
        io.videoml.pipeline.Pipeline.named("dock").source(camera).build());
  }

  @Test
  void behaviour_badArguments_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Behaviour.healthy().failAt(-1, Kind.NETWORK))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Behaviour.healthy().resizeAt(0, 0, 4))
        .withMessageContaining("0x4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultyFrameSource.of("none", clip.withFrames(0)))
        .withMessageContaining("frames");
  }

  private FaultyFrameSource.Builder unpaced() {
    return FaultyFrameSource.of("camera", clip).pace(FramePace.unpaced());
  }

  private FrameReader open(Behaviour behaviour) {
    return unpaced().connection(behaviour).build().open();
  }

  private static <T> List<T> read(FrameReader reader, int frames, Function<FrameInfo, T> what) {
    List<T> values = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      assertThat(reader.tryAdvance(frame -> values.add(what.apply(frame.info())))).isTrue();
    }
    return values;
  }

  private static int leftOfSquare(Frame frame) {
    int x = 0;
    while ((frame.plane(0).data().get(20 * frame.plane(0).rowStride() + x) & 0xff) != 230) {
      x++;
    }
    return x;
  }

  private static void assertFails(
      Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** Reads one frame, then waits for another on a thread of its own. */
  private static Thread reading(FrameReader reader) {
    reader.tryAdvance(frame -> {});
    Thread thread =
        new Thread(() -> assertFails(Kind.CLOSED, () -> reader.tryAdvance(frame -> {})), "reading");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void assertEnds(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(thread.isAlive()).isFalse();
  }
}
