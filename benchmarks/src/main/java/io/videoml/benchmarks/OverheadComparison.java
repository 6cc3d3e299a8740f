package io.videoml.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.inference.ModelDetector;
import io.videoml.onnx.OnnxDetector;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * A whole detection, from picture to boxes, against ONNX Runtime's bare run of the same model on
 * the same input.
 */
final class OverheadComparison {
  private static final int CALLS = 10;

  private final Path model;
  private final OwnedFrame frame;

  OverheadComparison(Path model, OwnedFrame frame) {
    this.model = model;
    this.frame = frame;
  }

  Ratio compare(Rounds rounds) {
    try (ModelDetector detector = OnnxDetector.builder(model).threads(1).build();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      ImageSpec spec = detector.input();
      ImageTensor input = ImageTensor.allocate(spec);
      frame.writeTo(input);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      long[] shape = {1, 3, spec.height(), spec.width()};
      try (OrtSession session = environment.createSession(model.toString(), options);
          OnnxTensor tensor =
              OnnxTensor.createTensor(environment, input.data().asFloatBuffer(), shape)) {
        String name = session.getInputNames().iterator().next();
        return rounds.compare(
            "detector around session.run, " + model.getFileName(),
            "CPU ms",
            1.05,
            () -> ours(detector, frame),
            () -> bare(session, Map.of(name, tensor)));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double ours(Detector detector, Frame frame) {
    double start = Cpu.threadSeconds();
    for (int i = 0; i < CALLS; i++) {
      detector.detect(frame);
    }
    return (Cpu.threadSeconds() - start) * 1000 / CALLS;
  }

  private static double bare(OrtSession session, Map<String, OnnxTensor> inputs) {
    double start = Cpu.threadSeconds();
    for (int i = 0; i < CALLS; i++) {
      try (OrtSession.Result result = session.run(inputs)) {
        result.get(0);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
    return (Cpu.threadSeconds() - start) * 1000 / CALLS;
  }
}
