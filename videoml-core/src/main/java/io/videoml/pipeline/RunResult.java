package io.videoml.pipeline;

/**
 * How a run ended.
 *
 * <p>Threading: immutable.
 */
public sealed interface RunResult {
  /** Returns the counts of the run. */
  RunSummary summary();

  /** The source came to its end, or the run to its limit; every kept frame was delivered. */
  record Completed(RunSummary summary) implements RunResult {}

  /** {@link PipelineRun#stop()} or {@link PipelineRun#close()} was called. */
  record Stopped(RunSummary summary) implements RunResult {}

  /**
   * The stream could not be opened or read on; every frame kept before was delivered.
   *
   * @param cause a {@code SourceException}, unless something else broke
   */
  record Failed(RunSummary summary, Throwable cause) implements RunResult {}
}
