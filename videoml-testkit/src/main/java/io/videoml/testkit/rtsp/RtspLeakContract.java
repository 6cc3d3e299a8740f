package io.videoml.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.Footprint;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What every source of RTSP promises to give back: threads, files and memory, however often it is
 * opened, closed, lost and regained. A module extends this as it does {@link RtspFaultContract}.
 *
 * <p>The system property {@code videoml.rtsp.cycles} says how often it is opened, 60 times by
 * default; it is lost and regained a fifth as often.
 */
public abstract class RtspLeakContract extends RtspFaultSetup {
  private static final int CYCLES = Integer.getInteger("videoml.rtsp.cycles", 60);

  /** After so many, everything that is loaded or pooled once is there. */
  private static final int SETTLED = 20;

  /** The program that measures allows 20; here, compiled code and test reports grow, too. */
  private static final double MEGABYTES = 50;

  @Test
  void openAndClose_manyTimes_leavesNothing() {
    for (RtspTransport transport : RtspTransport.values()) {
      try (FaultyRtspServer camera = RtspCycles.camera().start();
          FrameReader holder = source(camera, RtspTransport.TCP).open()) { // keeps it playing
        holder.tryAdvance(frame -> {});
        FrameSource source = source(camera, transport);
        assertGivenBack(times -> RtspCycles.openAndClose(source, times), CYCLES / 2);
      }
    }
  }

  @Test
  void reconnect_manyTimes_leavesNothing() {
    try (FaultyRtspServer camera = RtspCycles.camera().start()) {
      FrameSource source = source(camera, RtspTransport.TCP);
      assertGivenBack(times -> RtspCycles.reconnect(source, camera, times), CYCLES / 5);
    }
  }

  private static void assertGivenBack(java.util.function.IntConsumer work, int times) {
    work.accept(SETTLED);
    Footprint before = Footprint.now();

    work.accept(times);

    Footprint after = Footprint.now();
    for (int i = 0; i < 20 && !fits(before, after); i++) { // what ends by itself may take a moment
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
      after = Footprint.now();
    }
    assertThat(fits(before, after))
        .as("after %d times: %s; after %d more: %s", SETTLED, before, times, after)
        .isTrue();
  }

  /** Threads of the JVM's own, as its compiler's, come and go: two more may be theirs. */
  private static boolean fits(Footprint before, Footprint after) {
    return after.files() <= before.files()
        && after.threads() <= before.threads() + 2
        && after.residentMegabytes() - before.residentMegabytes() <= MEGABYTES;
  }
}
