package io.videoml.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DetectorDecoratorsTest {
  private static final Box BOX = new Box(0, 0, 1, 1);
  private static final Frame FRAME =
      Frame.of(
          FrameInfo.of(0, 1, 1, PixelFormat.GRAY8, FrameTime.arrivingNow(Duration.ZERO)),
          new byte[1]);

  /** Finds a person and a dog in every frame. */
  private static class PersonAndDog implements Detector {
    int closed;

    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      Detections found =
          Detections.of(
              List.of(new Detection(0, "person", 0.9f, BOX), new Detection(16, "dog", 0.8f, BOX)));
      return frames.stream().map(frame -> found).toList();
    }

    @Override
    public int maxBatch() {
      return 7;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void only_oneLabel_dropsTheOthersOfEveryFrame() {
    PersonAndDog all = new PersonAndDog();
    Detector dogs = all.only(Set.of("dog"));

    List<Detections> found = dogs.detect(List.of(FRAME, FRAME));

    assertThat(found).hasSize(2).allSatisfy(each -> assertThat(each.size()).isOne());
    assertThat(dogs.detect(FRAME).objects().get(0).classId()).isEqualTo(16);
    assertThat(dogs.maxBatch()).isEqualTo(7);
  }

  @Test
  void close_ofDecorators_closesTheDetector() {
    PersonAndDog detector = new PersonAndDog();

    detector.only(Set.of("dog")).close();
    detector.limited(1).close();

    assertThat(detector.closed).isEqualTo(2);
  }

  @Test
  void only_noLabel_isRefused() {
    assertThatThrownBy(() -> new PersonAndDog().only(Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one label");
  }

  @Test
  void limited_zeroCalls_throwsNamingTheNumber() {
    assertThatThrownBy(() -> new PersonAndDog().limited(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void limited_manyCallers_neverLetsMoreIn() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Detector counting =
        new PersonAndDog() {
          @Override
          public List<Detections> detect(List<? extends Frame> frames) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
            return super.detect(frames);
          }
        };
    Detector limited = counting.limited(2);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls =
          java.util.stream.IntStream.range(0, 200)
              .<Future<?>>mapToObj(i -> threads.submit(() -> limited.detect(FRAME)))
              .toList();
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, 2);
    assertThat(inside.get()).isZero();
  }

  @Test
  void limited_failedCall_letsTheNextOneIn() {
    AtomicInteger calls = new AtomicInteger();
    Detector limited =
        new PersonAndDog() {
          @Override
          public List<Detections> detect(List<? extends Frame> frames) {
            if (calls.incrementAndGet() == 1) {
              throw new IllegalArgumentException("bad frame");
            }
            return super.detect(frames);
          }
        }.limited(1);

    assertThatThrownBy(() -> limited.detect(FRAME)).hasMessage("bad frame");
    assertThat(limited.detect(FRAME).size()).isEqualTo(2);
  }

  @Test
  void limited_interruptedWhileWaiting_throwsAndStaysInterrupted() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Detector limited =
        new PersonAndDog() {
          @Override
          public List<Detections> detect(List<? extends Frame> frames) {
            entered.countDown();
            try {
              leave.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.detect(frames);
          }
        }.limited(1);
    Thread holder = new Thread(() -> limited.detect(FRAME));
    holder.start();
    entered.await();

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> limited.detect(FRAME)).isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
    leave.countDown();
    holder.join();
  }
}
