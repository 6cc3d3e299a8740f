package io.videoml.cli;

import static java.util.Objects.requireNonNull;

import io.videoml.cli.fleet.CameraConfig;
import io.videoml.cli.fleet.FleetConfig;
import io.videoml.cli.options.LogOptions;
import io.videoml.cli.process.CliException;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.FleetJob;
import io.videoml.cli.run.LoadedModel;
import io.videoml.fleet.Camera;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    fleet
        .metrics()
        .ifPresent(
            metrics -> {
              throw CliException.usage(
                  metrics.place() + ": metrics are not in this version", "leave them out");
            });
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
    return new FleetJob(
            context, out, log.quiet(), camera -> requireNonNull(samplers.get(camera.id())))
        .run(cameras, model, fleet::applyTo);
  }
}
