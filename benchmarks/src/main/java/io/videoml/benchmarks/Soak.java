package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.sampling.FrameSampler;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Resident memory of one pipeline that runs for long on a 1080p file; it should be flat after the
 * first minute.
 */
final class Soak {
  private static final double ALLOWED_MEGABYTES = 10;

  private final Path clip;
  private final Path model;

  Soak(Path clip, Path model) {
    this.clip = clip;
    this.model = model;
  }

  /**
   * Returns how far memory strayed from its median after the first part of the time, in megabytes.
   */
  Ratio run(Duration time, PrintStream out) {
    String file = model.toString();
    List<Double> megabytes = new ArrayList<>();
    try (PipelineRun run =
        Pipeline.named("soak")
            .source(FfmpegSource.of(clip))
            .sample(() -> FrameSampler.everyNth(10))
            .detect("soak", () -> OnnxDetector.builder(file).threads(1).build())
            .onResult(result -> {})
            .build()
            .start()) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        if (run.await(Duration.ofSeconds(1)).isPresent()) {
          throw new IllegalStateException("the clip was too short: " + run.await());
        }
        megabytes.add(residentMegabytes());
        if (megabytes.size() % 60 == 0) {
          out.printf(
              Locale.ROOT,
              "after %d s: %.1f MB resident, %d frames%n",
              megabytes.size(),
              megabytes.get(megabytes.size() - 1),
              run.summary().read());
        }
      }
    }
    int settled = Math.min(60, megabytes.size() / 3);
    double[] rest = megabytes.stream().skip(settled).mapToDouble(m -> m).toArray();
    double median = Rounds.median(rest);
    double stray = 0;
    for (int second = 0; second < rest.length; second++) {
      double away = Math.abs(rest[second] - median);
      if (away > stray) {
        stray = away;
        out.printf(
            Locale.ROOT, "at %d s: %.1f MB, the furthest so far%n", settled + second, rest[second]);
      }
    }
    out.printf(Locale.ROOT, "median %.1f MB over %d s%n", median, rest.length);
    return new Ratio("memory strays from its median by at most", stray, 1, "MB", ALLOWED_MEGABYTES);
  }

  private static double residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
