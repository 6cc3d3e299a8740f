package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.videoml.detect.Detection;
import io.videoml.frame.OwnedFrame;
import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import io.videoml.inference.ModelDetector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Needs {@code onnxruntime_gpu} on the class path and an NVIDIA card. */
@Tag("gpu")
class OnnxGpuTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void detect_onTheCard_findsWhatTheProcessorFinds(Accelerator accelerator) {
    Path model = TestModels.brightCells(directory.resolve("model.onnx"), "batch");
    assumeUsable(accelerator, model);

    try (ModelDetector card = TestModels.cells(model).require(accelerator).build();
        ModelDetector processor = TestModels.cells(model).build();
        OwnedFrame frame = BrightFrames.lit(5)) {
      List<Detection> found = card.detect(frame).objects();

      assertThat(card.execution().active()).isEqualTo(accelerator.id());
      assertThat(found)
          .extracting(Detection::box)
          .isEqualTo(processor.detect(frame).objects().stream().map(Detection::box).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void run_outputSizeDependsOnTheData_isRightAtEveryCall(Accelerator accelerator) {
    Path model = TestModels.nonZero(directory.resolve("model.onnx"));
    assumeUsable(accelerator, model);

    try (InferenceEngine engine = OnnxDetector.builder(model).require(accelerator).openEngine();
        InferenceContext context = engine.prepare(List.of(new long[] {1, 4}))) {
      assertThat(OnnxEngineTest.columns(context, 0, 7, 0, 7)).containsExactly(1, 3);
      assertThat(OnnxEngineTest.columns(context, 7, 7, 7, 0)).containsExactly(0, 1, 2);
    }
  }

  private static void assumeUsable(Accelerator accelerator, Path model) {
    try {
      OnnxDetector.builder(model).require(accelerator).openEngine().close();
    } catch (InferenceException e) {
      abort("no " + accelerator + " here: " + e.getMessage());
    }
  }
}
