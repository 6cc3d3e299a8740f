package io.videoml.cli.compare;

import io.videoml.cli.output.ComparedStrategy;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.run.StreamJob;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same video through every strategy and the same detector, one after the other, and
 * compares each with looking at every frame.
 *
 * <p>Threading: one thread.
 */
public final class Comparison {
  /** An object counts as found where a kept frame so near in time shows it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final StreamJob job;
  private final Supplier<PipelineBuilder> pipeline;
  private final Detector detector;

  /**
   * @param pipeline starts a pipeline on the video, anew for each run
   * @param detector looks at what is kept; stays the caller's
   */
  public Comparison(StreamJob job, Supplier<PipelineBuilder> pipeline, Detector detector) {
    this.job = job;
    this.pipeline = pipeline;
    this.detector = detector;
  }

  /**
   * Compares.
   *
   * @param warmUp frames to read before, which do not count
   * @param given a sampler besides the usual ones
   * @param rows takes every strategy's figures as they come, every frame first
   * @return the exit code: it may be interrupted
   */
  public int run(
      int warmUp,
      Optional<SerializableSupplier<FrameSampler>> given,
      Consumer<ComparedStrategy> rows) {
    Strategy everyFrame = Strategy.everyFrame();
    Run warm = new Run(everyFrame);
    int exitCode = job.run(warm.pipeline().stopAfter(warmUp), warm);
    if (exitCode != ExitCode.DONE) {
      return exitCode;
    }
    List<Strategy> strategies = new ArrayList<>(List.of(everyFrame));
    strategies.addAll(Strategy.usualAnd(given));
    @Nullable Baseline baseline = null;
    for (Strategy strategy : strategies) {
      Run run = new Run(strategy);
      exitCode = job.run(run.pipeline(), run);
      if (exitCode != ExitCode.DONE) {
        return exitCode;
      }
      Outcome outcome = run.outcome();
      if (baseline == null) {
        baseline = new Baseline(outcome.cpu(), new ObjectTracks(outcome.looks()));
      }
      rows.accept(baseline.compare(outcome));
    }
    return exitCode;
  }

  /** Returns the CPU time of this process, in steps of 10 ms on Linux. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What looking at every frame took and found. */
  private record Baseline(Duration cpu, ObjectTracks objects) {
    ComparedStrategy compare(Outcome outcome) {
      double saving = outcome.cpu().isZero() ? 1 : (double) cpu.toNanos() / outcome.cpu().toNanos();
      return new ComparedStrategy(
          outcome.strategy(),
          outcome.read(),
          outcome.decoded(),
          outcome.kept(),
          outcome.cpu(),
          saving,
          objects.sightings(),
          objects.foundWithin(TOLERANCE, outcome.looks()));
    }
  }

  /** One strategy's turn. */
  private final class Run implements Consumer<RunSummary> {
    private final Strategy strategy;
    private final List<Look> looks = new ArrayList<>();
    private final Duration cpuStart = cpu();
    private @Nullable Outcome outcome;

    Run(Strategy strategy) {
      this.strategy = strategy;
    }

    PipelineBuilder pipeline() {
      return pipeline
          .get()
          .sample(strategy.sampler())
          .detect("videoml bench --compare", () -> new Borrowed(detector))
          .sink(() -> new Notes(looks));
    }

    @Override
    public void accept(RunSummary summary) {
      outcome = Outcome.of(strategy.spec(), summary, cpu().minus(cpuStart), List.copyOf(looks));
    }

    Outcome outcome() {
      if (outcome == null) {
        throw new IllegalStateException("the run of " + strategy.spec() + " has not ended");
      }
      return outcome;
    }
  }

  private record Notes(List<Look> looks) implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {
      looks.add(Look.of(result));
    }
  }

  /** Stays open when a run has ended: loading the model again would count as work of the next. */
  private record Borrowed(Detector detector) implements Detector {
    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      return detector.detect(frames);
    }

    @Override
    public int maxBatch() {
      return detector.maxBatch();
    }

    @Override
    public void close() {}
  }
}
