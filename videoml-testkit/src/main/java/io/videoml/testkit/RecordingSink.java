package io.videoml.testkit;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.ResultSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers the results and events of a run.
 *
 * <p>Threading: safe.
 */
public final class RecordingSink implements ResultSink {
  private final List<FrameResult> results = new CopyOnWriteArrayList<>();
  private final List<PipelineEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public void accept(Frame frame, FrameResult result) {
    frame.plane(0); // a sink may look at the pixels
    results.add(result);
  }

  @Override
  public void onEvent(PipelineEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Returns the results in the order they came. */
  public List<FrameResult> results() {
    return List.copyOf(results);
  }

  /** Returns the positions in the stream of the frames that had a result. */
  public List<Long> indices() {
    return results.stream().map(result -> result.frame().index()).toList();
  }

  /** Returns the events in the order they came. */
  public List<PipelineEvent> events() {
    return List.copyOf(events);
  }

  /** Returns the events of one type. */
  public List<PipelineEvent> events(PipelineEvent.Type type) {
    return events.stream().filter(event -> event.type() == type).toList();
  }

  /** Returns how often it was closed. */
  public int timesClosed() {
    return closed.get();
  }
}
