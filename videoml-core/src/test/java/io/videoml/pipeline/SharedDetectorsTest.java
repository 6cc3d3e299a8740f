package io.videoml.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedDetectorsTest {
  private final SharedDetectors shared = new SharedDetectors();

  @Test
  void acquire_sameKey_sharesOneUntilTheLastIsClosed() {
    AtomicInteger made = new AtomicInteger();
    DetectStage stage = stage("k", made);
    SharedDetectors.Lease first = shared.acquire(stage);
    SharedDetectors.Lease second = shared.acquire(stage);
    Fake detector = (Fake) first.detector();

    assertThat(second.detector()).isSameAs(detector);
    first.close();
    first.close();
    assertThat(detector.closed).hasValue(0);
    second.close();
    assertThat(detector.closed).hasValue(1);
    assertThat(made).hasValue(1);
    assertThat(shared.size()).isZero();
  }

  @Test
  void acquire_otherKey_makesAnother() {
    AtomicInteger made = new AtomicInteger();
    try (SharedDetectors.Lease first = shared.acquire(stage("a", made));
        SharedDetectors.Lease second = shared.acquire(stage("b", made))) {
      assertThat(second.detector()).isNotSameAs(first.detector());
      assertThat(shared.size()).isEqualTo(2);
    }
    assertThat(shared.size()).isZero();
  }

  @Test
  void acquire_afterTheLastWasClosed_makesANewOne() {
    AtomicInteger made = new AtomicInteger();
    shared.acquire(stage("k", made)).close();
    shared.acquire(stage("k", made)).close();

    assertThat(made).hasValue(2);
  }

  @Test
  void acquire_factoryFails_leavesNothingBehindAndMayBeTriedAgain() {
    AtomicInteger made = new AtomicInteger();
    DetectStage failing =
        new DetectStage(
            "k",
            () -> {
              throw new IllegalStateException("no such model");
            });

    assertThatThrownBy(() -> shared.acquire(failing)).hasMessage("no such model");
    assertThat(shared.size()).isZero();
    try (SharedDetectors.Lease lease = shared.acquire(stage("k", made))) {
      assertThat(lease.detector()).isNotNull();
    }
  }

  @Test
  void acquire_factoryThrowsAnError_leavesNothingBehind() {
    DetectStage failing =
        new DetectStage(
            "k",
            () -> {
              throw new UnsatisfiedLinkError("no native library");
            });

    assertThatThrownBy(() -> shared.acquire(failing)).isInstanceOf(UnsatisfiedLinkError.class);
    assertThat(shared.size()).isZero();
  }

  @Test
  void acquire_whileAnotherKeyIsBeingMade_doesNotWait() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    DetectStage slow =
        new DetectStage(
            "slow",
            () -> {
              making.countDown();
              awaitQuietly(release);
              return new Fake();
            });
    FutureTask<SharedDetectors.Lease> other = start(() -> shared.acquire(slow));
    making.await();

    shared.acquire(stage("fast", new AtomicInteger())).close();

    release.countDown();
    other.get(20, TimeUnit.SECONDS).close();
    assertThat(shared.size()).isZero();
  }

  @Test
  void acquire_fromManyThreads_neverHandsOutAClosedOne() throws Exception {
    DetectStage stage = stage("k", new AtomicInteger());
    List<FutureTask<Boolean>> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(start(() -> useOften(stage)));
    }

    for (FutureTask<Boolean> user : users) {
      assertThat(user.get(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(shared.size()).isZero();
  }

  private boolean useOften(DetectStage stage) {
    for (int i = 0; i < 5_000; i++) {
      try (SharedDetectors.Lease lease = shared.acquire(stage)) {
        assertThat(((Fake) lease.detector()).closed).hasValue(0);
      }
    }
    return true;
  }

  private static DetectStage stage(String key, AtomicInteger made) {
    return new DetectStage(
        key,
        () -> {
          made.incrementAndGet();
          return new Fake();
        });
  }

  private static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "shared-detectors-test");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Fake implements Detector {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      return frames.stream().map(frame -> Detections.NONE).toList();
    }

    @Override
    public int maxBatch() {
      return 1;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
