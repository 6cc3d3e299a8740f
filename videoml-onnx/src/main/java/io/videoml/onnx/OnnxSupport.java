package io.videoml.onnx;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What ONNX Runtime can do on this machine, found out by loading a model on everything it has.
 *
 * @param version of ONNX Runtime; empty where it does not load
 * @param problem why it does not load and what to do; empty where it does
 * @param accelerators that videoml knows of
 */
public record OnnxSupport(
    Optional<String> version, Optional<String> problem, List<Provider> accelerators) {

  public OnnxSupport {
    requireNonNull(version, "version");
    requireNonNull(problem, "problem");
    accelerators = List.copyOf(requireNonNull(accelerators, "accelerators"));
  }

  /**
   * One accelerator.
   *
   * @param accelerator which
   * @param built whether this artifact of ONNX Runtime holds it
   * @param problem why the model does not load on it; empty where it does
   */
  public record Provider(Accelerator accelerator, boolean built, Optional<String> problem) {
    public Provider {
      requireNonNull(accelerator, "accelerator");
      requireNonNull(problem, "problem");
    }

    /** Returns whether the model loads on it. */
    public boolean usable() {
      return problem.isEmpty();
    }
  }

  /**
   * Looks at this machine. Takes as long as loading the model does, once for each accelerator.
   * Never throws for what is missing.
   *
   * @param model what to try it with; it should be small
   */
  public static OnnxSupport probe(Path model) {
    return SupportProbe.probe(requireNonNull(model, "model"));
  }

  /** Returns whether models run at least on the processor. */
  public boolean usable() {
    return accelerators.stream()
        .anyMatch(provider -> provider.accelerator() == Accelerator.CPU && provider.usable());
  }

  /** Returns whether models run on anything better than the processor. */
  public boolean accelerated() {
    return accelerators.stream()
        .anyMatch(provider -> provider.accelerator() != Accelerator.CPU && provider.usable());
  }
}
