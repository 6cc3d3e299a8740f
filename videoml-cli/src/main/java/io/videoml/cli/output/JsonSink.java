package io.videoml.cli.output;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;

/**
 * Writes results and events as lines of JSON. Leaves the output open, since the summary follows.
 */
public final class JsonSink implements ResultSink {
  private final LineOutput output;
  private final boolean withDetections;

  public JsonSink(LineOutput output, boolean withDetections) {
    this.output = output;
    this.withDetections = withDetections;
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    output.write(JsonLines.frame(result, withDetections));
  }

  @Override
  public void onEvent(PipelineEvent event) {
    if (event.type()
        != PipelineEvent.Type.LISTENER_FAILED) { // the command's own sinks: its error, no event
      output.write(JsonLines.event(event));
    }
  }
}
