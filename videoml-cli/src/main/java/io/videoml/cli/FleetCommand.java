package io.videoml.cli;

import static java.util.Objects.requireNonNull;

import io.videoml.cli.fleet.CameraConfig;
import io.videoml.cli.fleet.FleetConfig;
import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.MetricsOptions;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.FleetJob;
import io.videoml.cli.run.LoadedModel;
import io.videoml.cli.run.MetricsServer;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.resilience.StreamStatus;
import io.videoml.sampling.FrameSampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many cameras, from a configuration file. */
@Command(
    name = "fleet",
    customSynopsis = "videoml fleet --config FILE.yaml [options]",
    description = {
      "Runs the cameras of a configuration file with one model, and writes JSON Lines.",
      "",
      "The file, of which all but the cameras may be left out:",
      "  model:                  # file, labels, head, confidence, iou, classes, threads",
      "    file: yolox_nano.onnx # paths are relative to the configuration",
      "  maxConcurrent: 2        # detections at once; default: one per processor",
      "  batching: { size: 4, delay: 20ms }",
      "  weights: { high: 16, normal: 4, low: 1 }",
      "  freshness: { high: 500ms, normal: 2s, low: 10s }",
      "  metrics: { port: 9464 } # for Prometheus, and /health; host: 127.0.0.1",
      "  defaults: { sampler: motion, priority: normal }",
      "  zones:                  # where given, all there are; defaults of their cameras",
      "    yard: { priority: low }",
      "  cameras:                # id, source, backend, zone, priority, sampler, enabled",
      "    - id: gate",
      "      source: rtsp://viewer:$${GATE_PASSWORD}@10.0.0.5/stream",
      "      zone: yard",
      "      sampler: every:5",
      "",
      "$${NAME} stands for a variable of the environment.",
      ""
    })
final class FleetCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, see above.")
  private Path config = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "JSON Lines file, - for standard output. Default: -.")
  private String out = "-";

  @Mixin private final LogOptions log = new LogOptions();

  FleetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    FleetConfig fleet = FleetConfig.read(config);
    MetricsOptions metrics =
        fleet
            .metrics()
            .map(where -> MetricsOptions.of(where.port(), where.host()))
            .orElseGet(MetricsOptions::new);
    AtomicReference<@Nullable CameraFleet> running = new AtomicReference<>();
    Optional<MetricsServer> server =
        MetricsServer.start(metrics, "fleet", () -> streams(running.get()), context.console());
    try {
      return run(fleet, server, running);
    } finally {
      server.ifPresent(MetricsServer::close);
    }
  }

  private int run(
      FleetConfig fleet,
      Optional<MetricsServer> server,
      AtomicReference<@Nullable CameraFleet> running) {
    Map<String, SerializableSupplier<FrameSampler>> samplers =
        fleet.cameras().stream()
            .filter(CameraConfig::enabled)
            .collect(Collectors.toMap(CameraConfig::id, CameraConfig::sampler));
    List<Camera> cameras =
        fleet.cameras().stream()
            .filter(CameraConfig::enabled)
            .map(camera -> camera.camera(context.parts()::source))
            .toList();
    Optional<LoadedModel> model = fleet.model().map(context.parts()::load);
    FleetJob job =
        new FleetJob(
            context, out, log.quiet(), camera -> requireNonNull(samplers.get(camera.id())));
    server.ifPresent(metrics -> job.metrics(metrics::sink, running::set));
    return job.run(cameras, model, fleet::applyTo);
  }

  private static Map<String, StreamStatus> streams(@Nullable CameraFleet fleet) {
    return fleet == null
        ? Map.of()
        : fleet.status().cameras().stream()
            .collect(Collectors.toMap(CameraStatus::id, CameraStatus::stream));
  }
}
