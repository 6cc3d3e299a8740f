package io.videoml.onnx;

import io.videoml.inference.InferenceEngine;
import io.videoml.testkit.InferenceEngineContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class OnnxEngineContractTest extends InferenceEngineContract {
  @TempDir Path directory;

  @Override
  protected InferenceEngine open() {
    return TestModels.open(TestModels.brightCells(directory.resolve("model.onnx"), 1));
  }

  @Override
  protected List<long[]> inputShapes() {
    return List.of(new long[] {1, 3, 64, 64});
  }
}
