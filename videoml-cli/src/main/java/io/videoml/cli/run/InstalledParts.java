package io.videoml.cli.run;

import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.AnnotatedSink;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ConsoleLogger;
import io.videoml.inference.DetectorBuilder;
import io.videoml.inference.ExecutionReport;
import io.videoml.inference.Labels;
import io.videoml.inference.ModelDetector;
import io.videoml.inference.head.ModelFamily;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The real parts. Their native libraries are loaded when a stream is opened or a model is loaded.
 */
public final class InstalledParts implements Parts {
  /**
   * Held, because the JDK forgets the level of a logger that nobody holds. What it warns of also
   * comes as exceptions.
   */
  private static final Logger ONNX_RUNTIME = Logger.getLogger("ai.onnxruntime");

  @Override
  public FrameSource source(SourceOptions options) {
    return SourceFactory.source(options);
  }

  @Override
  public LoadedModel load(ModelOptions options) {
    ONNX_RUNTIME.setLevel(ConsoleLogger.isVerbose() ? Level.ALL : Level.SEVERE);
    if (options.model().orElseThrow().toString().endsWith(".engine")) {
      throw CliException.usage(
          "TensorRT engines are not in this version",
          "they come with videoml-tensorrt; name an ONNX file");
    }
    OnnxDetector.Builder builder = OnnxDetector.builder(options.model().orElseThrow());
    options.threads().ifPresent(builder::threads);
    configure(builder, options);
    ModelDetector detector = builder.build();
    ExecutionReport execution = detector.execution();
    String on = execution.active() + execution.fallback().map(why -> " (" + why + ")").orElse("");
    if (options.classes().isEmpty()) {
      return new LoadedModel(detector, on);
    }
    try {
      return new LoadedModel(
          detector.only(ClassNames.find(options.classes(), detector.labels().names())), on);
    } catch (CliException e) {
      detector.close();
      throw e;
    }
  }

  private static void configure(DetectorBuilder<?> builder, ModelOptions options) {
    builder.confidence(options.confidence()).iou(options.iou());
    try {
      builder.head(ModelFamily.named(options.head()));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--head is not known", String.valueOf(e.getMessage()));
    }
    options.labels().ifPresent(file -> builder.labels(labels(file)));
  }

  private static Labels labels(Path file) {
    try {
      return Labels.read(file);
    } catch (UncheckedIOException e) {
      Throwable cause = e.getCause();
      String why =
          cause instanceof NoSuchFileException
              ? "there is no such file; check the path"
              : cause instanceof CharacterCodingException
                  ? "it is not a UTF-8 text file"
                  : String.valueOf(cause);
      throw CliException.failure("cannot read the labels " + file, why, e);
    } catch (IllegalArgumentException e) {
      throw CliException.failure(
          "cannot use the labels " + file, e.getMessage() + "; one label a line", e);
    }
  }

  @Override
  public ResultSink annotator(Path target) {
    return AnnotatedSink.to(target);
  }
}
