package io.videoml.pipeline;

/** Entry point: describes a way from a source through a sampler and a detector to listeners. */
public final class Pipeline {
  private Pipeline() {}

  /**
   * Starts a description.
   *
   * @param name of the stream in results, metrics, logs and threads; not blank
   */
  public static PipelineBuilder named(String name) {
    return new PipelineBuilder(name);
  }
}
