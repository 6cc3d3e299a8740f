package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static io.videoml.testkit.rtsp.RtspTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about ending a wait: by closing, an interrupt, the timeout. */
abstract class RtspClosing extends RtspFaultSetup {
  /** What closing and interrupts may take. */
  private static final Duration ENDED = Duration.ofSeconds(1);

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void open_frozenCamera_endsSoonAfterAnInterrupt() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.freeze();
      for (RtspTransport transport : RtspTransport.values()) {
        Ending opening = new Ending(() -> source(camera.uri(), "", "", transport, LONG).open());
        opening.letItWait();
        opening.thread.interrupt();
        opening.assertClosedSoon();
        opening.assertStillInterrupted();
      }
    }
  }

  @Test
  void read_frozenCamera_endsSoonAfterClosing() {
    for (RtspTransport transport : RtspTransport.values()) {
      try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
          FrameReader reader = source(camera.uri(), "", "", transport, LONG).open()) {
        Ending reading = new Ending(() -> readOn(reader));
        Runnable closing = reader::close;
        camera.freeze();
        reading.letItWait();
        closing.run();
        reading.assertClosedSoon();
      }
    }
  }

  @Test
  void read_frozenCamera_endsSoonAfterAnInterrupt() {
    for (RtspTransport transport : RtspTransport.values()) {
      try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
          FrameReader reader = source(camera.uri(), "", "", transport, LONG).open()) {
        Ending reading = new Ending(() -> readOn(reader));
        camera.freeze();
        reading.letItWait();
        reading.thread.interrupt();
        reading.assertClosedSoon();
        reading.assertStillInterrupted();
      }
    }
  }

  @Test
  void read_frozenCameraOverTcp_stallsAtTheReadTimeout() {
    stall(TCP);
  }

  @Test
  void read_frozenCameraOverUdp_stallsAtTheReadTimeout() {
    stall(UDP);
  }

  private void stall(RtspTransport transport) {
    Duration timeout = Duration.ofSeconds(2);
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        FrameReader reader = source(camera.uri(), "", "", transport, timeout).open()) {
      reader.tryAdvance(frame -> {});
      camera.freeze();
      long frozen = System.nanoTime();

      SourceException failure = catchThrowableOfType(SourceException.class, () -> readOn(reader));

      assertThat(failure.kind()).as("%s", failure.getMessage()).isEqualTo(Kind.STALLED);
      assertThat(Duration.ofNanos(System.nanoTime() - frozen))
          .isBetween(timeout.dividedBy(2), timeout.plus(ENDED));
    }
  }

  @Test
  void read_openStream_countsItsBytes() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      FrameReader reader = source(camera, TCP).open();
      for (int i = 0; i < 10; i++) {
        reader.tryAdvance(frame -> {});
      }
      long some = reader.bytesReceived().orElseThrow();
      for (int i = 0; i < 25; i++) {
        reader.tryAdvance(frame -> {});
      }
      long more = reader.bytesReceived().orElseThrow();
      reader.close();

      assertThat(some).isPositive();
      assertThat(more).isGreaterThan(some);
      assertThat(reader.bytesReceived().orElseThrow()).isGreaterThanOrEqualTo(more);
    }
  }

  private static void readOn(FrameReader reader) {
    while (reader.tryAdvance(frame -> {})) {}
  }

  /** Work that waits, on a thread of its own, and how it ended. */
  private static final class Ending {
    private final FutureTask<@Nullable Boolean> task;
    private final Thread thread;
    private volatile boolean interrupted;

    Ending(Runnable work) {
      task =
          new FutureTask<>(
              () -> {
                try {
                  work.run();
                } finally {
                  interrupted = Thread.currentThread().isInterrupted();
                }
              },
              null);
      thread = new Thread(task, "contract-ending");
      thread.setDaemon(true);
      thread.start();
    }

    /** Until it is past what can go fast, and waits for what never comes. */
    void letItWait() {
      LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
      assertThat(task.isDone()).as("it waits").isFalse();
    }

    void assertClosedSoon() {
      long asked = System.nanoTime();
      try {
        task.get(10, TimeUnit.SECONDS);
        throw new AssertionError("it ended without a failure");
      } catch (ExecutionException e) {
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertThat(took).isLessThan(ENDED);
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                SourceException.class,
                failure ->
                    assertThat(failure.kind())
                        .as("%s", failure.getMessage())
                        .isEqualTo(Kind.CLOSED));
      } catch (TimeoutException e) {
        task.cancel(/* mayInterruptIfRunning= */ true);
        throw new AssertionError("still waiting after 10 s", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    void assertStillInterrupted() {
      assertThat(interrupted).as("the interrupt stays set").isTrue();
    }
  }
}
