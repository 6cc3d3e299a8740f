package io.videoml.cli.run;

import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.JsonLines;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.process.ProgressLine;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.FleetBuilder;
import io.videoml.fleet.FleetStatus;
import io.videoml.frame.Frame;
import io.videoml.metrics.MetricsSink;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus.Problem;
import io.videoml.sampling.FrameSampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a fleet for a command: results and events of all cameras as they come, a summary of each at
 * the end.
 */
public final class FleetJob {
  /** What remains of two seconds when a fleet of cameras that hang was closed is little. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final int LOOKS_PER_LINE = 5;

  private final CliContext context;
  private final String out;
  private final Function<Camera, SerializableSupplier<FrameSampler>> samplers;
  private final Trouble trouble = new Trouble();
  private final boolean watched;
  private final ProgressLine progress;
  private SerializableSupplier<MetricsSink> metrics = MetricsSink::none;
  private Consumer<CameraFleet> onStart = fleet -> {};
  private volatile boolean ended;

  /**
   * @param out a file, or {@code -} for standard output
   * @param quiet whether no progress is wanted
   * @param samplers which frames are kept of each camera
   */
  public FleetJob(
      CliContext context,
      String out,
      boolean quiet,
      Function<Camera, SerializableSupplier<FrameSampler>> samplers) {
    this.context = context;
    this.out = out;
    this.samplers = samplers;
    boolean linesGoBy = out.equals("-") && context.console().outIsTerminal();
    this.watched = !quiet && !linesGoBy && context.console().errIsTerminal();
    this.progress = new ProgressLine(context.console().err(), watched);
  }

  /** Has all cameras count into this, and what serves it told of the fleet. Default: neither. */
  public FleetJob metrics(
      SerializableSupplier<MetricsSink> sink, Consumer<CameraFleet> whenStarted) {
    this.metrics = sink;
    this.onStart = whenStarted;
    return this;
  }

  /**
   * Runs until all cameras have ended, or somebody says so.
   *
   * @param cameras all to start
   * @param model that they share, which is closed at the end; empty where frames are only sampled
   * @param settings of the fleet
   */
  public int run(
      List<Camera> cameras, Optional<LoadedModel> model, Consumer<FleetBuilder> settings) {
    @Nullable Detector detector = model.map(LoadedModel::detector).orElse(null);
    try (LineOutput output = LineOutput.open(out, context.console())) {
      FleetBuilder builder =
          CameraFleet.of(camera -> pipeline(camera, detector, output))
              .onEvent(event -> write(event, output));
      settings.accept(builder);
      List<CameraStatus> ended = run(builder, cameras);
      ended.forEach(camera -> write(output, JsonLines.summary(camera.counts())));
      trouble
          .first()
          .ifPresent(
              problem -> {
                throw problem;
              });
      return context.interruption().exitCode().orElseGet(() -> check(ended));
    } finally {
      if (detector != null) {
        detector.close();
      }
    }
  }

  private List<CameraStatus> run(FleetBuilder builder, List<Camera> cameras) {
    CameraFleet fleet = builder.start();
    try (fleet) {
      onStart.accept(fleet);
      trouble.onReport(() -> end(fleet));
      context.interruption().onSignal(() -> end(fleet));
      if (context.interruption().exitCode().isEmpty() && trouble.first().isEmpty()) {
        start(fleet, cameras);
      }
      boolean runs = true;
      int looks = 0;
      while (runs) { // those that hang do not end, but have been given up then
        runs = !fleet.await(LOOK) && !ended && !Thread.currentThread().isInterrupted();
        if (watched && ++looks % LOOKS_PER_LINE == 0) {
          progress.show(total(fleet.status()));
        }
      }
    } finally {
      progress.erase();
    }
    return fleet.status().cameras();
  }

  /** Adds up what the progress line shows. */
  private static RunSummary total(FleetStatus status) {
    long read = 0;
    long kept = 0;
    long failed = 0;
    Duration longest = Duration.ZERO;
    for (CameraStatus camera : status.cameras()) {
      read += camera.counts().read();
      kept += camera.counts().kept();
      failed += camera.counts().failed();
      Duration elapsed = camera.counts().elapsed();
      longest = elapsed.compareTo(longest) > 0 ? elapsed : longest;
    }
    return new RunSummary("fleet", read, kept, failed, Map.of(), longest, Map.of());
  }

  private void end(CameraFleet fleet) {
    fleet.close();
    ended = true;
  }

  private static void start(CameraFleet fleet, List<Camera> cameras) {
    try {
      fleet.addAll(cameras);
    } catch (IllegalStateException e) { // closed by a signal meanwhile
    }
  }

  private PipelineSpec pipeline(Camera camera, @Nullable Detector detector, LineOutput output) {
    boolean detects = detector != null;
    PipelineBuilder pipeline =
        Pipeline.named(camera.id())
            .source(camera.source())
            .resilience(
                Resilience.defaultFor(camera.source())
                    .with(SourceOptions.liveness(camera.source())))
            .sample(samplers.apply(camera))
            .metrics(metrics)
            .onResult(result -> write(output, JsonLines.frame(result, detects)));
    if (detector != null) {
      pipeline.detect("videoml fleet", () -> new Lent(detector));
    }
    return pipeline.build();
  }

  private void write(PipelineEvent event, LineOutput output) {
    if (event.type() != PipelineEvent.Type.LISTENER_FAILED) {
      write(output, JsonLines.event(event));
    }
  }

  /** A fleet goes on when a listener fails; a command whose results no longer arrive does not. */
  private void write(LineOutput output, byte[] line) {
    try {
      output.write(line);
    } catch (RuntimeException e) {
      trouble.report(e);
    }
  }

  private static int check(List<CameraStatus> cameras) {
    List<CameraStatus> failed =
        cameras.stream().filter(camera -> camera.state() == StreamState.FAILED).toList();
    if (failed.isEmpty()) {
      return ExitCode.DONE;
    }
    CameraStatus first = failed.get(0);
    throw CliException.failure(
        failed.size() + " of " + cameras.size() + " cameras failed",
        first.id()
            + ": "
            + first.stream().lastProblem().map(Problem::message).orElse("for no known reason")
            + "; their events say more");
  }

  /** The model, which outlives the cameras that come and go. */
  private record Lent(Detector detector) implements Detector {
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
