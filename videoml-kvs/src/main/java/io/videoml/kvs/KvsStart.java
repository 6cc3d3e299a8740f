package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.kvs.fragment.FragmentNumber;
import java.io.Serializable;
import java.time.Instant;

/**
 * Where reading a stream begins.
 *
 * <p>Threading: immutable.
 */
public sealed interface KvsStart extends Serializable {

  /** Returns the newest: what comes from now on. */
  static KvsStart now() {
    return new Now();
  }

  /** Returns the oldest fragment that is kept. */
  static KvsStart earliest() {
    return new Earliest();
  }

  /** Returns the fragment after one with this number. */
  static KvsStart after(FragmentNumber number) {
    return new After(number);
  }

  /** Returns the first fragment that the producer began at this time or later, by its clock. */
  static KvsStart producerTime(Instant time) {
    return new ProducerTime(time);
  }

  /** Returns the first fragment that the service received at this time or later. */
  static KvsStart serverTime(Instant time) {
    return new ServerTime(time);
  }

  /** The newest. */
  record Now() implements KvsStart {}

  /** The oldest that is kept. */
  record Earliest() implements KvsStart {}

  /**
   * What follows a fragment.
   *
   * @param number of the fragment that is not wanted any more
   */
  record After(FragmentNumber number) implements KvsStart {
    public After {
      requireNonNull(number, "number");
    }
  }

  /**
   * By the producer's clock.
   *
   * @param time to the millisecond
   */
  record ProducerTime(Instant time) implements KvsStart {
    public ProducerTime {
      requireNonNull(time, "time");
    }
  }

  /**
   * By the service's clock.
   *
   * @param time to the millisecond
   */
  record ServerTime(Instant time) implements KvsStart {
    public ServerTime {
      requireNonNull(time, "time");
    }
  }
}
