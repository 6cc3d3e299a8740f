package io.videoml.inference;

/**
 * Binds a head to a model. {@link io.videoml.inference.head.ModelFamily} has those of well-known
 * models; a constructor reference of your own class will do as well.
 *
 * <p>Threading: safe.
 */
@FunctionalInterface
public interface HeadFactory {

  /**
   * Returns a head for the model.
   *
   * @throws InferenceException if the model's inputs or outputs are not what the head reads
   */
  ModelHead bind(ModelSetup setup);
}
