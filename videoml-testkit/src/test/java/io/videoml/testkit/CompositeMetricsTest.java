package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException.Kind;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class CompositeMetricsTest {
  /** Fails at everything. */
  private static final class Failing implements MetricsSink {
    @Override
    public void framesRead(String stream, long frames) {
      throw new IllegalStateException("full");
    }

    @Override
    public void framesDropped(String stream, DropReason reason, long frames) {
      throw new IllegalStateException("full");
    }

    @Override
    public void frameKept(String stream, Detections found) {
      throw new IllegalStateException("full");
    }

    @Override
    public void frameFailed(String stream) {
      throw new IllegalStateException("full");
    }

    @Override
    public void stateChanged(String stream, StreamState state) {
      throw new IllegalStateException("full");
    }

    @Override
    public void reconnecting(String stream, Kind reason) {
      throw new IllegalStateException("full");
    }

    @Override
    public void captureDrift(String stream, long nanos) {
      throw new IllegalStateException("full");
    }

    @Override
    public void removed(String stream) {
      throw new IllegalStateException("full");
    }

    @Override
    public void stageTook(String stream, Stage stage, long nanos) {
      throw new IllegalStateException("full");
    }
  }

  @Test
  void composite_oneMemberFails_theOthersHearEverything() {
    RecordingMetricsSink before = new RecordingMetricsSink();
    RecordingMetricsSink after = new RecordingMetricsSink();
    MetricsSink composite = MetricsSink.composite(before, new Failing(), after);
    Detection person = new Detection(0, "person", 0.5f, new Box(0, 0, 1, 1));

    composite.framesRead("s", 5);
    composite.framesDropped("s", DropReason.CORRUPT, 2);
    composite.frameKept("s", Detections.of(Collections.nCopies(3, person)));
    composite.frameFailed("s");
    composite.stageTook("s", Stage.DECODE, 9);
    composite.stateChanged("s", StreamState.LIVE);
    composite.reconnecting("s", Kind.STALLED);
    composite.captureDrift("s", 7);
    composite.removed("s");

    for (RecordingMetricsSink sink : new RecordingMetricsSink[] {before, after}) {
      assertThat(sink.read()).isEqualTo(5);
      assertThat(sink.dropped(DropReason.CORRUPT)).isEqualTo(2);
      assertThat(sink.kept()).isOne();
      assertThat(sink.detections()).isEqualTo(3);
      assertThat(sink.failed()).isOne();
      assertThat(sink.timed(Stage.DECODE)).isOne();
      assertThat(sink.states()).containsExactly(StreamState.LIVE);
      assertThat(sink.reconnects(Kind.STALLED)).isOne();
      assertThat(sink.drifts()).containsExactly(7L);
      assertThat(sink.removed()).containsExactly("s");
    }
  }

  @Test
  void composite_ofNoneAndOfOne_isNothingAndItself() {
    RecordingMetricsSink one = new RecordingMetricsSink();

    assertThat(MetricsSink.composite()).isSameAs(MetricsSink.none());
    assertThat(MetricsSink.composite(MetricsSink.none())).isSameAs(MetricsSink.none());
    assertThat(MetricsSink.composite(MetricsSink.none(), one)).isSameAs(one);
  }

  @Test
  void run_metricsFail_goesOn() {
    RunSummary summary =
        Pipeline.named("metrics-fail")
            .source(FakeFrameSource.of(TestClips.still()))
            .metrics(Failing::new)
            .build()
            .run()
            .summary();

    assertThat(summary.kept()).isEqualTo(60);
    assertThat(summary.latency().get(Stage.TOTAL).count()).isEqualTo(60);
  }
}
