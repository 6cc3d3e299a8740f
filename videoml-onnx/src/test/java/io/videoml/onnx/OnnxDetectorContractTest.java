package io.videoml.onnx;

import io.videoml.detect.Detector;
import io.videoml.frame.OwnedFrame;
import io.videoml.testkit.DetectorContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class OnnxDetectorContractTest extends DetectorContract {
  @TempDir Path directory;

  @Override
  protected Detector open() {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), "batch");
    return TestModels.cells(model).batch(2).build();
  }

  @Override
  protected List<OwnedFrame> frames() {
    return List.of(
        BrightFrames.lit(3),
        BrightFrames.lit(1),
        BrightFrames.lit(2, 96, 64),
        BrightFrames.lit(0),
        BrightFrames.lit(5));
  }
}
