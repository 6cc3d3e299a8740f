package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The sinks of one run, isolated from each other: what one throws is logged, told to all as an
 * event, and forgotten. An {@code Error} is not: it ends the run.
 */
final class Sinks implements AutoCloseable {
  private final String stream;
  private final List<ResultSink> sinks = new ArrayList<>();
  private final FailureLog failures;
  private volatile boolean closed;

  private Sinks(String stream) {
    this.stream = stream;
    this.failures = new FailureLog(stream);
  }

  /** Makes all sinks; where one cannot be made, closes those before it. */
  static Sinks open(
      String stream, List<SerializableSupplier<? extends ResultSink>> factories, RunHost host) {
    Sinks opened = new Sinks(stream);
    try {
      for (SerializableSupplier<? extends ResultSink> factory : factories) {
        opened.sinks.add(requireNonNull(factory.get(), "the factory of a sink made null"));
      }
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    opened.sinks.add(new HostSink(host));
    return opened;
  }

  void accept(Frame frame, FrameResult result) {
    for (ResultSink sink : sinks) {
      isolated(sink, one -> one.accept(frame, result), sinks);
    }
  }

  void event(PipelineEvent.Type type, String detail) {
    if (!closed) { // a reader that was given up may still come with one
      tell(sinks, type, detail);
    }
  }

  /** Closes all, whatever they throw; none is called again after its own end. */
  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < sinks.size(); i++) {
      List<ResultSink> stillOpen = sinks.subList(i + 1, sinks.size());
      try {
        isolated(sinks.get(i), ResultSink::close, stillOpen);
      } catch (Error e) {
        failures.report("a sink could not be closed", e);
      }
    }
  }

  private void tell(List<ResultSink> listeners, PipelineEvent.Type type, String detail) {
    PipelineEvent event = new PipelineEvent(stream, type, detail, Instant.now());
    for (ResultSink listener : listeners) {
      isolated(listener, one -> one.onEvent(event), List.of()); // else failing would tell of itself
    }
  }

  private void isolated(ResultSink sink, Consumer<ResultSink> call, List<ResultSink> tellFailure) {
    try {
      call.accept(sink);
    } catch (RuntimeException e) {
      failures.report("a sink failed", e);
      tell(tellFailure, PipelineEvent.Type.LISTENER_FAILED, e.toString());
    }
  }

  /** Tells the host of events, and lets results pass. */
  private record HostSink(RunHost host) implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {}

    @Override
    public void onEvent(PipelineEvent event) {
      host.onEvent(event);
    }
  }
}
