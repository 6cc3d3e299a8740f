package io.videoml.cli;

import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.run.LoadedModel;
import io.videoml.cli.run.Parts;
import io.videoml.detect.Detector;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.ScriptedDetector;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A source and a detector without native libraries. */
final class FakeParts implements Parts {
  private final FrameSource source;
  private final Supplier<Detector> detector;
  private final ResultSink annotator;

  private FakeParts(FrameSource source, Supplier<Detector> detector, ResultSink annotator) {
    this.source = source;
    this.detector = detector;
    this.annotator = annotator;
  }

  static FakeParts reading(FrameSource source) {
    return new FakeParts(source, ScriptedDetector::finding, (frame, result) -> {});
  }

  static FakeParts reading(FakeFrameSource.Builder source) {
    return reading(source.build());
  }

  FakeParts detecting(Supplier<Detector> newDetector) {
    return new FakeParts(source, newDetector, annotator);
  }

  FakeParts annotating(ResultSink newAnnotator) {
    return new FakeParts(source, detector, newAnnotator);
  }

  @Override
  public FrameSource source(SourceOptions options) {
    return source;
  }

  @Override
  public LoadedModel load(ModelOptions options) {
    return new LoadedModel(detector.get(), "fake");
  }

  @Override
  public ResultSink annotator(Path target) {
    return annotator;
  }
}
