package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.Footprint;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCycles;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** What a camera leaves behind that is opened and closed, and lost and regained, many times. */
final class Reconnects {
  private static final int SETTLED = 20;
  private static final double ALLOWED_MEGABYTES = 20;

  private final Function<URI, FrameSource> backend;
  private final PrintStream out;

  /**
   * @param backend {@code ffmpeg}
   */
  Reconnects(String backend, PrintStream out) {
    this.backend =
        switch (backend) {
          case "ffmpeg" -> FfmpegSource::of;
          default ->
              throw new IllegalArgumentException(
                  "no backend is called " + backend + "; there is ffmpeg");
        };
    this.out = out;
  }

  List<Ratio> run(int cycles, int reconnects) {
    try (FaultyRtspServer camera = RtspCycles.camera().start()) {
      FrameSource source = backend.apply(camera.uri());
      Ratio opened;
      try (FrameReader holder = source.open()) { // keeps the camera playing
        holder.tryAdvance(frame -> {});
        opened =
            measure("opened and closed", times -> RtspCycles.openAndClose(source, times), cycles);
      }
      Ratio lost =
          measure(
              "lost and regained",
              times -> RtspCycles.reconnect(source, camera, times),
              reconnects);
      return List.of(opened, lost);
    }
  }

  /** Threads that end by themselves, as the watchdog of streams, may take a second. */
  private static Footprint atRest() {
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    return Footprint.now();
  }

  private Ratio measure(String what, IntConsumer work, int times) {
    out.printf("%s: at the start %s%n", what, atRest());
    work.accept(SETTLED);
    Footprint settled = atRest();
    out.printf("%s: after %d times %s%n", what, SETTLED, settled);
    work.accept(times - SETTLED);
    Footprint end = atRest();
    out.printf("%s: after %d times %s%n", what, times, end);
    double grown = Math.max(0, end.residentMegabytes() - settled.residentMegabytes());
    return new Ratio("memory grown, " + what, grown, 1, "MB", ALLOWED_MEGABYTES);
  }
}
