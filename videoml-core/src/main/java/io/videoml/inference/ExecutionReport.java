package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What really runs a model, as found out after it was loaded.
 *
 * @param requested the accelerator that was asked for, as {@code "cuda"}; {@code "cpu"} if none was
 * @param active the accelerator in use
 * @param fallback why another than the requested one is in use; empty where it is in use
 */
public record ExecutionReport(String requested, String active, Optional<String> fallback) {
  public ExecutionReport {
    requireNonNull(requested, "requested");
    requireNonNull(active, "active");
    requireNonNull(fallback, "fallback");
  }
}
