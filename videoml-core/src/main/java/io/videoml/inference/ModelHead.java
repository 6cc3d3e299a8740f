package io.videoml.inference;

import io.videoml.tensor.ImageSpec;
import java.util.List;
import java.util.Map;

/**
 * Reads the output of one model; everything else of a detector is the same for all models.
 *
 * <p>Bound to its model by a {@link HeadFactory}, and holds nothing of any one picture.
 *
 * <p>Threading: safe.
 */
public interface ModelHead {

  /** Returns what the model expects of one picture, preprocessing included. */
  ImageSpec input();

  /** Returns the number of classes; ids go from 0 to one below it. */
  int classes();

  /**
   * Returns whether the model reports one object several times, so that {@link NonMaxSuppression}
   * must follow.
   */
  boolean overlapping();

  /**
   * Reads the objects of one picture.
   *
   * @param outputs all outputs of one run, in the model's order
   * @param image the picture's place in the batch, from 0
   * @param into receives boxes in pixels of the model input
   * @throws InferenceException if the outputs do not have the shape that the head reads
   */
  void decode(List<Tensor> outputs, int image, Candidates into);

  /**
   * Returns what the model takes besides the picture and is the same for every picture: values of
   * one picture by the input's name. None by default.
   */
  default Map<String, List<Long>> constants() {
    return Map.of();
  }

  /**
   * Returns what the family calls its classes where neither user nor model says; empty where that
   * differs from model to model.
   */
  default List<String> labels() {
    return List.of();
  }
}
