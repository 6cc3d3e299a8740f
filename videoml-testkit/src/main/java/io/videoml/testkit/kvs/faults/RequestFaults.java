package io.videoml.testkit.kvs.faults;

import io.videoml.testkit.kvs.http.HttpExchange;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults of one request.
 *
 * @param all in the order of ordering
 */
public record RequestFaults(List<Fault> all) {
  public RequestFaults {
    all = List.copyOf(all);
  }

  /** Returns the first of a kind. */
  public <F extends Fault> Optional<F> first(Class<F> kind) {
    return first(kind, fault -> true);
  }

  /** Returns the first of a kind that is meant. */
  public <F extends Fault> Optional<F> first(Class<F> kind, Predicate<F> meant) {
    return all.stream().filter(kind::isInstance).map(kind::cast).filter(meant).findFirst();
  }

  /** Returns an answer's body that suffers. */
  public FaultyOutput answer(HttpExchange exchange, OutputStream body) {
    return new FaultyOutput(this, exchange, body);
  }

  /** Returns a request's body that suffers. */
  public InputStream request(HttpExchange exchange, InputStream body) {
    return new FaultyInput(this, exchange, body);
  }
}
