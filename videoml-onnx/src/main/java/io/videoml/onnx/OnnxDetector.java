package io.videoml.onnx;

import static java.util.Objects.requireNonNull;

import io.videoml.inference.DetectorBuilder;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import io.videoml.inference.ModelDetector;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Detects with a model in an ONNX file.
 *
 * <p>Loading takes from tens of milliseconds to seconds, and the native library is loaded with the
 * first model. Files with weights that belong to the model are found beside it.
 */
public final class OnnxDetector {
  private OnnxDetector() {}

  /** Returns a detector with every option at its default. */
  public static ModelDetector load(Path model) {
    return builder(model).build();
  }

  /** Returns a builder for the model in a file, which is read when the detector is built. */
  public static Builder builder(Path model) {
    return builder(model.toString());
  }

  /** As the other, with a path that can travel to where the model is loaded. */
  public static Builder builder(String model) {
    return new Builder(requireNonNull(model, "model"));
  }

  /**
   * Says how to run the model, besides what {@link DetectorBuilder} says of detection.
   *
   * <p>Threading: one thread.
   */
  public static final class Builder extends DetectorBuilder<Builder> {
    private final String model;
    private final Map<Accelerator, Map<String, String>> acceleratorOptions =
        new EnumMap<>(Accelerator.class);
    private final Map<String, String> sessionOptions = new LinkedHashMap<>();
    private int threads = Runtime.getRuntime().availableProcessors();
    private List<Accelerator> accelerators = List.of(Accelerator.CPU);

    private Builder(String model) {
      this.model = model;
      spinning(false);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Lets one call of the model use so many threads. Default: the number of processors. Where many
     * cameras share the model, fewer threads for each of more calls at a time mostly get more done.
     */
    public Builder threads(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("threads must be at least 1, was " + count);
      }
      threads = count;
      return this;
    }

    /**
     * Lets idle threads of the model wait for the next call in a loop rather than asleep. Default:
     * not. It shortens calls that follow each other at once, as with files; with a live camera it
     * took seven times the processor time (2 threads, 30 frames a second).
     */
    public Builder spinning(boolean allowed) {
      String value = allowed ? "1" : "0";
      return sessionOption("session.intra_op.allow_spinning", value)
          .sessionOption("session.inter_op.allow_spinning", value);
    }

    /**
     * Runs the model on the first of these that can be used, and on the processor where none can:
     * {@link ModelDetector#execution()} and a warning in the log then say why. Default: the
     * processor. Replaces what was said before, also by {@link #require}.
     *
     * @param next in falling order of preference
     */
    public Builder accelerator(Accelerator best, Accelerator... next) {
      Set<Accelerator> wishes = new LinkedHashSet<>(List.of(best));
      wishes.addAll(List.of(next));
      wishes.add(Accelerator.CPU);
      accelerators = List.copyOf(wishes);
      return this;
    }

    /**
     * Runs the model on this, and fails to build where it cannot be used. Replaces what was said
     * before, also by {@link #accelerator}.
     */
    public Builder require(Accelerator only) {
      accelerators = List.of(only);
      return this;
    }

    /**
     * Passes an option to ONNX Runtime's execution provider, as {@code device_id} or, so that
     * TensorRT's plan is kept, {@code trt_engine_cache_enable}.
     */
    public Builder acceleratorOption(Accelerator accelerator, String key, String value) {
      acceleratorOptions
          .computeIfAbsent(accelerator, any -> new LinkedHashMap<>())
          .put(requireNonNull(key, "key"), requireNonNull(value, "value"));
      return this;
    }

    /**
     * Passes an entry to ONNX Runtime's session configuration. Later entries replace earlier ones.
     */
    public Builder sessionOption(String key, String value) {
      sessionOptions.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
      return this;
    }

    /**
     * Loads the model alone, to run it on tensors; what the builder says of detection has no part
     * in it.
     *
     * @throws InferenceException if the model cannot be loaded
     */
    @Override
    public InferenceEngine openEngine() {
      try {
        return OnnxLoader.load(
            model, new OnnxSettings(threads, accelerators, acceleratorOptions, sessionOptions));
      } catch (LinkageError e) {
        throw MissingLibrary.of(model, e);
      }
    }
  }
}
