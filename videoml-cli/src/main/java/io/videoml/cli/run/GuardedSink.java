package io.videoml.cli.run;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;

/**
 * Reports what a sink throws, where the pipeline would only log it, and spares a sink that failed
 * further frames.
 */
final class GuardedSink implements ResultSink {
  private final ResultSink sink;
  private final Trouble trouble;
  private volatile boolean failed;

  GuardedSink(ResultSink sink, Trouble trouble) {
    this.sink = sink;
    this.trouble = trouble;
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    if (!failed) {
      guard(() -> sink.accept(frame, result));
    }
  }

  @Override
  public void onEvent(PipelineEvent event) {
    guard(() -> sink.onEvent(event));
  }

  @Override
  public void close() {
    guard(sink::close);
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      failed = true;
      trouble.report(e);
    }
  }
}
