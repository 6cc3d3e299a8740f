package io.videoml.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Detector} promises. An implementation extends this and says how to make one and
 * what to show it; whether its boxes are right is tested elsewhere.
 */
public abstract class DetectorContract {
  private static final int THREADS = 4;

  private @Nullable Detector opened;
  private List<OwnedFrame> frames = List.of();

  /** Returns a new detector. */
  protected abstract Detector open();

  /**
   * Returns frames to look at: at least three, of at least two sizes, in not all of which the same
   * is found, and in one of which two objects are.
   */
  protected abstract List<OwnedFrame> frames();

  /** Returns by how much a confidence may depend on what else is in the batch. */
  protected float confidenceTolerance() {
    return 0.02f;
  }

  /** Returns by how many pixels an edge may depend on what else is in the batch. */
  protected float pixelTolerance() {
    return 2;
  }

  @BeforeEach
  void openAll() {
    opened = open();
    frames = frames();
  }

  @AfterEach
  void closeAll() {
    detector().close();
    frames.forEach(OwnedFrame::close);
  }

  @Test
  void detect_batch_givesOneEntryPerFrameInOrder() {
    List<Detections> batch = detector().detect(frames);

    assertThat(batch).hasSameSizeAs(frames);
    assertThat(batch)
        .as("frames() must not all show the same")
        .anyMatch(found -> differs(found, batch.get(0)));
    for (int i = 0; i < frames.size(); i++) {
      assertAlike(batch.get(i), detector().detect(frames.get(i)));
    }
  }

  @Test
  void detect_reversedBatch_givesReversedEntries() {
    List<OwnedFrame> reversed = new ArrayList<>(frames);
    Collections.reverse(reversed);

    List<Detections> batch = detector().detect(reversed);

    List<Detections> forward = detector().detect(frames);
    for (int i = 0; i < frames.size(); i++) {
      assertAlike(batch.get(frames.size() - 1 - i), forward.get(i));
    }
  }

  @Test
  void detect_moreThanTheLargestBatch_doesThemAll() {
    List<OwnedFrame> many = new ArrayList<>();
    while (many.size() <= detector().maxBatch()) {
      many.addAll(frames);
    }

    assertThat(detector().detect(many)).hasSameSizeAs(many);
  }

  @Test
  void detect_noFrames_findsNothing() {
    assertThat(detector().detect(List.of())).isEmpty();
  }

  @Test
  void detect_everyFrame_boxesLieInsideAndAreSorted() {
    assertThat(detector().detect(frames))
        .as("frames() must show two objects somewhere")
        .anyMatch(found -> found.size() > 1);
    for (OwnedFrame frame : frames) {
      Detections found = detector().detect(frame);
      FrameInfo info = frame.info();
      assertThat(found.objects())
          .allSatisfy(object -> assertThat(object.label()).isNotBlank())
          .allMatch(object -> object.box().x1() >= 0 && object.box().y1() >= 0)
          .allMatch(object -> object.box().x2() <= info.width())
          .allMatch(object -> object.box().y2() <= info.height());
      assertThat(found.objects())
          .isSortedAccordingTo((a, b) -> Float.compare(b.confidence(), a.confidence()));
      assertThat(List.of(found.preprocess(), found.inference(), found.postprocess()))
          .noneMatch(Duration::isNegative);
    }
  }

  @Test
  void detect_fromManyThreads_findsTheSameInEach() {
    List<Detections> alone = detector().detect(frames);
    List<FutureTask<List<Detections>>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      OwnedFrame frame = frames.get(i % frames.size());
      calls.add(
          Bounded.start(
              "detect", () -> List.of(detector().detect(frame), detector().detect(frame))));
    }

    for (int i = 0; i < THREADS; i++) {
      for (Detections found : Bounded.get(calls.get(i))) {
        assertAlike(found, alone.get(i % frames.size()));
      }
    }
  }

  @Test
  void detect_closedFrame_throwsAndStaysUsable() {
    OwnedFrame gone = frames.get(0).share();
    gone.close();

    assertThatIllegalStateException().isThrownBy(() -> detector().detect(gone));
    assertThat(detector().detect(frames)).hasSameSizeAs(frames);
  }

  @Test
  void close_whileOthersDetect_letsThemFinishOrFail() {
    CountDownLatch running = new CountDownLatch(THREADS);
    List<FutureTask<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(Bounded.start("detect", () -> detectUntilClosed(running)));
    }
    Bounded.await(running);

    Bounded.run("close", detector()::close);

    assertThat(calls).allMatch(Bounded::get);
  }

  @Test
  void close_again_doesNothing() {
    detector().close();

    assertThatCode(detector()::close).doesNotThrowAnyException();
  }

  @Test
  void detect_afterClose_throws() {
    detector().close();

    assertThatIllegalStateException().isThrownBy(() -> detector().detect(frames));
    assertThatIllegalStateException().isThrownBy(() -> detector().detect(frames.get(0)));
  }

  /** A failing call is as good as a result, as long as it comes back. */
  private boolean detectUntilClosed(CountDownLatch running) {
    try {
      while (true) {
        detector().detect(frames);
        running.countDown();
      }
    } catch (RuntimeException closed) {
      return true;
    }
  }

  private Detector detector() {
    return requireNonNull(opened);
  }

  private boolean differs(Detections found, Detections other) {
    return !alike(found, other);
  }

  private void assertAlike(Detections found, Detections expected) {
    assertThat(alike(found, expected))
        .as("found %s, expected %s", found.objects(), expected.objects())
        .isTrue();
  }

  private boolean alike(Detections found, Detections expected) {
    return found.size() == expected.size()
        && found.objects().stream()
            .allMatch(one -> expected.objects().stream().anyMatch(other -> alike(one, other)));
  }

  private boolean alike(Detection one, Detection other) {
    return one.classId() == other.classId()
        && one.label().equals(other.label())
        && Math.abs(one.confidence() - other.confidence()) <= confidenceTolerance()
        && Math.abs(one.box().x1() - other.box().x1()) <= pixelTolerance()
        && Math.abs(one.box().y1() - other.box().y1()) <= pixelTolerance()
        && Math.abs(one.box().x2() - other.box().x2()) <= pixelTolerance()
        && Math.abs(one.box().y2() - other.box().y2()) <= pixelTolerance();
  }
}
