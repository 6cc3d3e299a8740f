package io.videoml.testkit;

import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.MetricsSink;
import org.junit.jupiter.api.Nested;

class MetricsSinkContractTest {
  @Nested
  class None extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return MetricsSink.none();
    }
  }

  @Nested
  class Latency extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return new LatencyTracker();
    }
  }

  @Nested
  class Composite extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return MetricsSink.composite(new RecordingMetricsSink(), new LatencyTracker());
    }
  }

  @Nested
  class Recording extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return new RecordingMetricsSink();
    }
  }
}
