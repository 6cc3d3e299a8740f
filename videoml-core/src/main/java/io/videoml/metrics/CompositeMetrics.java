package io.videoml.metrics;

import io.videoml.detect.Detections;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes everything to its members, and isolates them from each other. */
final class CompositeMetrics implements MetricsSink {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsSink.class);

  private final List<Member> members;

  private CompositeMetrics(List<Member> members) {
    this.members = members;
  }

  static MetricsSink of(MetricsSink... sinks) {
    List<MetricsSink> real =
        List.of(sinks).stream().filter(sink -> sink != NoMetrics.INSTANCE).toList();
    return switch (real.size()) {
      case 0 -> NoMetrics.INSTANCE;
      case 1 -> real.get(0);
      default -> new CompositeMetrics(real.stream().map(Member::new).toList());
    };
  }

  @Override
  public void framesRead(String stream, long frames) {
    each(sink -> sink.framesRead(stream, frames));
  }

  @Override
  public void framesDropped(String stream, DropReason reason, long frames) {
    each(sink -> sink.framesDropped(stream, reason, frames));
  }

  @Override
  public void frameKept(String stream, Detections found) {
    each(sink -> sink.frameKept(stream, found));
  }

  @Override
  public void frameFailed(String stream) {
    each(sink -> sink.frameFailed(stream));
  }

  @Override
  public void stageTook(String stream, Stage stage, long nanos) {
    each(sink -> sink.stageTook(stream, stage, nanos));
  }

  @Override
  public void stateChanged(String stream, StreamState state) {
    each(sink -> sink.stateChanged(stream, state));
  }

  @Override
  public void reconnecting(String stream, SourceException.Kind reason) {
    each(sink -> sink.reconnecting(stream, reason));
  }

  @Override
  public void captureDrift(String stream, long nanos) {
    each(sink -> sink.captureDrift(stream, nanos));
  }

  @Override
  public void removed(String stream) {
    each(sink -> sink.removed(stream));
  }

  private void each(Consumer<MetricsSink> call) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).tell(call);
    }
  }

  private static final class Member {
    private final MetricsSink sink;
    private final AtomicBoolean reported = new AtomicBoolean();

    Member(MetricsSink sink) {
      this.sink = sink;
    }

    void tell(Consumer<MetricsSink> call) {
      try {
        call.accept(sink);
      } catch (RuntimeException e) {
        if (reported.compareAndSet(false, true)) {
          LOG.warn(
              "metrics sink {} failed; further failures of it are not logged",
              sink.getClass().getName(),
              e);
        }
      }
    }
  }
}
