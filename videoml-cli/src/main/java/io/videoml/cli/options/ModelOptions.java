package io.videoml.cli.options;

import io.videoml.cli.process.CliException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which model is run, and how. */
public final class ModelOptions {
  private static final Set<String> OF_THE_MODEL =
      Set.of("--labels", "--head", "--confidence", "--iou", "--classes", "--threads");

  @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file.")
  private @Nullable Path model;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "One label a line. Default: the model's metadata, else COCO if 80 classes, else numbers.")
  private @Nullable Path labels;

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description =
          "How the model's output is read: auto, yolov5, yolov8, yolov10, yolox, nanodet, detr, ssd, ultraface,"
              + " yunet. Default: auto.")
  private String head = "auto";

  @Option(
      names = "--confidence",
      paramLabel = "SCORE",
      converter = Share.class,
      description = "Least score of what is reported, 0 to 1. Default: 0.25.")
  private float confidence = 0.25f;

  @Option(
      names = "--iou",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Two boxes that overlap more are one object, 0 to 1. Default: 0.45.")
  private float iou = 0.45f;

  @Option(
      names = "--classes",
      paramLabel = "LABEL|ID",
      split = ",",
      description = "Report only these, comma-separated. Default: all.")
  private List<String> classes = List.of();

  private OptionalInt threads = OptionalInt.empty();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Count.class,
      description = "Inference threads. Default: one per core.")
  public void threads(int number) {
    threads = OptionalInt.of(number);
  }

  /** Returns the options of a model at their defaults. */
  public static ModelOptions of(Path model) {
    ModelOptions options = new ModelOptions();
    options.model = model;
    return options;
  }

  /** Fails if a model's options were given but no model, which they would do nothing without. */
  public void requireModelIfUsed() {
    if (model != null || command == null) {
      return;
    }
    for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
      if (OF_THE_MODEL.contains(given.longestName())) {
        throw CliException.usage(
            given.longestName() + " does nothing without --model",
            "name an ONNX file by --model, or leave it out");
      }
    }
  }

  public Optional<Path> model() {
    return Optional.ofNullable(model);
  }

  /** Returns the model's file name; empty without a model. */
  public String modelName() {
    return model().map(path -> String.valueOf(path.getFileName())).orElse("");
  }

  public Optional<Path> labels() {
    return Optional.ofNullable(labels);
  }

  public String head() {
    return head;
  }

  public float confidence() {
    return confidence;
  }

  public float iou() {
    return iou;
  }

  public Set<String> classes() {
    return new LinkedHashSet<>(classes.stream().map(String::strip).toList());
  }

  public OptionalInt threads() {
    return threads;
  }
}
