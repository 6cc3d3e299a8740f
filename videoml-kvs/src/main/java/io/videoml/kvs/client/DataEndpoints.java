package io.videoml.kvs.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;

/**
 * Remembers for the process which address serves which stream. The service allows five questions a
 * second for a stream, and advises to ask again when an address fails.
 *
 * <p>Threading: any.
 */
final class DataEndpoints {
  private static final Duration REMEMBERED = Duration.ofMinutes(45);
  private static final int MOST = 10_000;

  /**
   * What an address is for.
   *
   * @param accessKeyId whose: accounts may have streams of one name
   */
  record Key(String region, String endpoint, String accessKeyId, String stream, APIName api) {

    @Override
    public String toString() {
      return "Key[%s, %s, %s]".formatted(region, stream, api); // without what is no log's matter
    }
  }

  private record Known(URI address, long sinceNanos) {}

  private final Map<Key, Known> known = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  DataEndpoints(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Returns the address, which is looked up where it is unknown or old. */
  URI get(Key key, Supplier<URI> lookUp) {
    Known found = known.get(key);
    if (found != null && nanos.getAsLong() - found.sinceNanos() < REMEMBERED.toNanos()) {
      return found.address();
    }
    URI address = lookUp.get();
    if (known.size() >= MOST) {
      known.clear(); // far more than a process reads from; it only costs questions
    }
    known.put(key, new Known(address, nanos.getAsLong()));
    return address;
  }

  void forget(Key key) {
    known.remove(key);
  }
}
