package io.videoml.benchmarks.cameras;

import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.Footprint;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCycles;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** What a camera leaves behind that is opened and closed, and lost and regained, many times. */
final class Reconnects {
  private static final int SETTLED = 20;
  private static final double ALLOWED_MEGABYTES = 20;

  private final Backend backend;
  private final PrintStream out;

  Reconnects(Backend backend, PrintStream out) {
    this.backend = backend;
    this.out = out;
  }

  /** Returns whether both limits were met. */
  boolean run(int cycles, int reconnects) {
    try (FaultyRtspServer camera = RtspCycles.camera().start()) {
      FrameSource source = backend.camera(camera.uri());
      boolean opened;
      try (FrameReader holder = source.open()) { // keeps the camera playing
        holder.tryAdvance(frame -> {});
        opened =
            measure("opened and closed", times -> RtspCycles.openAndClose(source, times), cycles);
      }
      boolean lost =
          measure(
              "lost and regained",
              times -> RtspCycles.reconnect(source, camera, times),
              reconnects);
      return opened && lost;
    }
  }

  /** Threads that end by themselves, as the watchdog of streams, may take a second. */
  private static Footprint atRest() {
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    return Footprint.now();
  }

  private boolean measure(String what, IntConsumer work, int times) {
    String name = backend.name().toLowerCase(Locale.ROOT) + ", " + what;
    out.printf("%s: at the start %s%n", name, atRest());
    work.accept(SETTLED);
    Footprint settled = atRest();
    out.printf("%s: after %d times %s%n", name, SETTLED, settled);
    work.accept(times - SETTLED);
    Footprint end = atRest();
    double grown = end.residentMegabytes() - settled.residentMegabytes();
    boolean met =
        grown <= ALLOWED_MEGABYTES
            && end.threads() <= settled.threads() + 3 // the compiler's come and go
            && end.files() <= settled.files() + 3;
    out.printf(
        Locale.ROOT,
        "%s: after %d times %s; grown by %.1f MB  limit %.0f MB  %s%n",
        name,
        times,
        end,
        grown,
        ALLOWED_MEGABYTES,
        met ? "met" : "MISSED");
    return met;
  }
}
