package io.videoml.pipeline;

/** Makes the sink that tells a listener. A type of its own, so that a spec can name its parts. */
record ListenerStage(ResultListener listener) implements SerializableSupplier<ResultSink> {
  @Override
  public ResultSink get() {
    return (frame, result) -> listener.onResult(result);
  }
}
