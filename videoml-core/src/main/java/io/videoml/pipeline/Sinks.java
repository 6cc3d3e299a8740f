package io.videoml.pipeline;

import io.videoml.frame.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks of one run, isolated from each other: what one throws is logged, told to all as an
 * event, and forgotten.
 */
final class Sinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String stream;
  private final List<ResultSink> sinks;

  private Sinks(String stream, List<ResultSink> sinks) {
    this.stream = stream;
    this.sinks = sinks;
  }

  /** Makes all sinks; where one cannot be made, closes those before it. */
  static Sinks open(String stream, List<SerializableSupplier<? extends ResultSink>> factories) {
    Sinks opened = new Sinks(stream, new ArrayList<>());
    try {
      for (SerializableSupplier<? extends ResultSink> factory : factories) {
        opened.sinks.add(factory.get());
      }
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  void accept(Frame frame, FrameResult result) {
    each(sink -> sink.accept(frame, result), true);
  }

  void event(PipelineEvent.Type type, String detail) {
    PipelineEvent event = new PipelineEvent(stream, type, detail, Instant.now());
    each(sink -> sink.onEvent(event), false);
  }

  @Override
  public void close() {
    each(ResultSink::close, true);
  }

  private void each(Consumer<ResultSink> call, boolean tellFailures) {
    for (ResultSink sink : sinks) {
      try {
        call.accept(sink);
      } catch (RuntimeException e) {
        LOG.warn("{}: a sink failed: {}", stream, e.toString(), e);
        if (tellFailures) {
          event(PipelineEvent.Type.LISTENER_FAILED, String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
