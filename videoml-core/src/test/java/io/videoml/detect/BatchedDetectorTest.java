package io.videoml.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchedDetectorTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long BAD = 99;

  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService callers = Executors.newCachedThreadPool();

  /** Finds one object per frame, whose class is the frame's index; fails where a frame is bad. */
  private final Detector indices =
      new Detector() {
        @Override
        public List<Detections> detect(List<? extends Frame> frames) {
          sizes.add(frames.size());
          if (frames.stream().anyMatch(frame -> frame.info().index() == BAD)) {
            throw new IllegalStateException("a bad frame");
          }
          return frames.stream().map(BatchedDetectorTest::objectOf).toList();
        }

        @Override
        public int maxBatch() {
          return 8;
        }

        @Override
        public void close() {
          sizes.add(-1);
        }
      };

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void detect_asManyCallersAsTheBatchHolds_isOneCallAndEachGetsItsOwn() throws Exception {
    Detector batched = indices.batched(3, LONG);
    List<Future<Detections>> found = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int index = i;
      found.add(callers.submit(() -> batched.detect(frame(index))));
    }

    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).get(10, TimeUnit.SECONDS).objects().get(0).classId()).isEqualTo(i);
    }
    assertThat(sizes).containsExactly(3);
  }

  @Test
  void detect_noOtherCaller_runsAloneAfterTheDelay() {
    assertThat(indices.batched(3, Duration.ofMillis(1)).detect(frame(5)).objects()).hasSize(1);
    assertThat(sizes).containsExactly(1);
  }

  @Test
  void detect_moreThanFits_startsTheNextBatch() throws Exception {
    Detector batched = indices.batched(3, Duration.ofMillis(50));
    Future<List<Detections>> two =
        callers.submit(() -> batched.detect(List.of(frame(0), frame(1))));
    List<Detections> others = batched.detect(List.of(frame(2), frame(3)));

    assertThat(two.get(10, TimeUnit.SECONDS)).hasSize(2);
    assertThat(others).extracting(found -> found.objects().get(0).classId()).containsExactly(2, 3);
    assertThat(sizes).containsExactly(2, 2);
  }

  @Test
  void detect_anothersFrameBreaksTheBatch_ownFramesAreFoundAllTheSame() throws Exception {
    Detector batched = indices.batched(2, LONG);
    Future<Detections> bad = callers.submit(() -> batched.detect(frame(BAD)));
    Future<Detections> good = callers.submit(() -> batched.detect(frame(7)));

    assertThat(good.get(10, TimeUnit.SECONDS).objects().get(0).classId()).isEqualTo(7);
    assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("a bad frame");
  }

  @Test
  void detect_interruptedWhileItWaitsForOthers_runsAtOnceAndTheInterruptStays() {
    Thread.currentThread().interrupt();

    assertThat(indices.batched(2, LONG).detect(frame(1)).objects()).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_closesTheDetector() {
    indices.batched(2, LONG).close();

    assertThat(sizes).containsExactly(-1);
  }

  @Test
  void batched_noFrameOrNegativeDelay_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> indices.batched(0, LONG))
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> indices.batched(2, Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
  }

  private static Detections objectOf(Frame frame) {
    int index = Math.toIntExact(frame.info().index());
    return Detections.of(List.of(new Detection(index, "any", 1, new Box(0, 0, 1, 1))));
  }

  private static Frame frame(long index) {
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return Frame.of(FrameInfo.of(index, 2, 2, PixelFormat.GRAY8, time), new byte[4]);
  }
}
