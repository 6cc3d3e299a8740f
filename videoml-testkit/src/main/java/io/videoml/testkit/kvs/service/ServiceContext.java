package io.videoml.testkit.kvs.service;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.store.StoredStream;
import io.videoml.testkit.kvs.store.StreamStore;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the operations share.
 *
 * @param store the streams
 * @param clock the service's time
 * @param limits what is refused
 * @param usage what runs
 * @param frameByFrame whether GetMedia sends fragments while they arrive
 * @param endpoint where the service can be reached
 */
public record ServiceContext(
    StreamStore store,
    Clock clock,
    KvsLimits limits,
    Usage usage,
    boolean frameByFrame,
    Supplier<URI> endpoint) {
  public ServiceContext {
    requireNonNull(store, "store");
    requireNonNull(clock, "clock");
    requireNonNull(limits, "limits");
    requireNonNull(usage, "usage");
    requireNonNull(endpoint, "endpoint");
  }

  /** Finds a stream by its name or ARN. */
  public StoredStream stream(String nameOrArn) throws ServiceException {
    return store.find(nameOrArn).orElseThrow(() -> ServiceException.streamNotFound(nameOrArn));
  }
}
