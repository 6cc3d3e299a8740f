package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself.
 *
 * @param name the file's name, for messages
 * @param inputs in the model's order
 * @param outputs in the model's order
 * @param metadata custom properties, as an exporter wrote them; values are often Python literals
 */
public record ModelInfo(
    String name, List<TensorSpec> inputs, List<TensorSpec> outputs, Map<String, String> metadata) {
  public ModelInfo {
    requireNonNull(name, "name");
    inputs = List.copyOf(requireNonNull(inputs, "inputs"));
    outputs = List.copyOf(requireNonNull(outputs, "outputs"));
    metadata = Map.copyOf(requireNonNull(metadata, "metadata"));
  }
}
