package io.videoml.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.videoml.inference.ExecutionReport;
import io.videoml.inference.InferenceException;
import io.videoml.inference.ModelInfo;
import io.videoml.inference.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model on the first accelerator that works. */
final class OnnxLoader {
  private static final Logger log = LoggerFactory.getLogger(OnnxLoader.class);

  private final String path;
  private final OnnxSettings settings;
  private final OrtEnvironment environment;
  private final List<String> failures = new ArrayList<>();

  private OnnxLoader(String path, OnnxSettings settings, OrtEnvironment environment) {
    this.path = path;
    this.settings = settings;
    this.environment = environment;
  }

  /** Loads a model from its path, so that weights in files beside it are found. */
  static OnnxEngine load(String path, OnnxSettings settings) {
    ModelFile.require(path);
    return new OnnxLoader(path, settings, OnnxLibrary.load()).load();
  }

  private OnnxEngine load() {
    for (Accelerator accelerator : settings.accelerators()) {
      try {
        return open(accelerator);
      } catch (OrtException e) {
        if (accelerator == Accelerator.CPU) {
          throw OnnxErrors.loading(path, e);
        }
        failures.add(accelerator.id() + " cannot be used: " + OnnxErrors.text(e));
      }
    }
    throw new InferenceException(path, String.join("; ", failures));
  }

  private OnnxEngine open(Accelerator accelerator) throws OrtException {
    OrtSession session;
    try (SessionOptions options = settings.sessionOptions(accelerator)) {
      session = environment.createSession(path, options);
    }
    try {
      return new OnnxEngine(path, environment, session, model(session), report(accelerator));
    } catch (OrtException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private ModelInfo model(OrtSession session) throws OrtException {
    return new ModelInfo(
        String.valueOf(Path.of(path).getFileName()),
        specs(session.getInputInfo().values()),
        specs(session.getOutputInfo().values()),
        session.getMetadata().getCustomMetadata());
  }

  private List<TensorSpec> specs(Collection<NodeInfo> nodes) {
    return nodes.stream().map(node -> OnnxTypes.spec(path, node)).toList();
  }

  private ExecutionReport report(Accelerator active) {
    Optional<String> fallback =
        failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
    fallback.ifPresent(reason -> log.warn("{} runs on {}: {}", path, active.id(), reason));
    return new ExecutionReport(settings.accelerators().get(0).id(), active.id(), fallback);
  }
}
