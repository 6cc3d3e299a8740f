package io.videoml.micrometer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.videoml.metrics.MetricsSink;
import io.videoml.testkit.MetricsSinkContract;
import org.junit.jupiter.api.Nested;

class MicrometerSinkContractTest {
  @Nested
  class Prometheus extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return MicrometerMetricsSink.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "p");
    }
  }

  @Nested
  class Simple extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return MicrometerMetricsSink.of(new SimpleMeterRegistry(), "p");
    }
  }

  @Nested
  class Full extends MetricsSinkContract {
    @Override
    protected MetricsSink sink() {
      return MicrometerMetricsSink.builder(new SimpleMeterRegistry(), "p")
          .maxCameras(1)
          .maxClasses(1)
          .build();
    }
  }
}
