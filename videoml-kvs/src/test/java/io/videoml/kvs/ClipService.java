package io.videoml.kvs;

import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.time.Duration;
import java.util.List;

/** Serves one clip to the contracts' tests: as a stream, and an empty one beside it. */
final class ClipService implements AutoCloseable {
  private final KvsStandIn service;

  ClipService(List<MadeFragment> fragments) {
    service = roomy(KvsLimits.aws());
    Clips.store(service, "clip", fragments);
    service.createStream("empty");
  }

  /** Starts a service that may be asked more often than AWS allows. */
  static KvsStandIn roomy(KvsLimits limits) {
    return KvsStandIn.builder()
        .limits(limits.requestsPerSecond(10_000).mediaConnections(1000))
        .start();
  }

  /** Returns a source that ends where the clip does. */
  KvsSource.Builder clip() {
    return silent("clip").endWhenIdle(Duration.ofMillis(250));
  }

  /** Returns a source that never ends. */
  KvsSource.Builder silent(String stream) {
    return KvsSource.builder(stream)
        .connection(Clips.connection(service).build())
        .startAt(KvsStart.earliest());
  }

  KvsSource refused(String user, String password) {
    return KvsSource.builder("clip")
        .connection(Clips.connection(service, user, password).build())
        .build();
  }

  @Override
  public void close() {
    service.close();
  }
}
