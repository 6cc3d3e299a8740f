package io.videoml.kvs.produce;

import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.Random;

/**
 * When a source that failed is read again, by a policy and what the source did before.
 *
 * <p>Threading: one thread.
 */
final class Reconnects {
  private static final long HEALTHY_PACKETS = 100;

  private final ReconnectPolicy policy;
  private final boolean endless;
  private final Random random = new Random();
  private boolean everConnected;
  private int failures;
  private long packets; // of this connection

  /**
   * @param endless whether the source has no end of its own, so that it can be read from anywhere
   */
  Reconnects(ReconnectPolicy policy, boolean endless) {
    this.policy = policy;
    this.endless = endless;
  }

  void connecting() {
    packets = 0;
  }

  void packet() {
    everConnected = true;
    packets++;
    if (packets == HEALTHY_PACKETS) {
      failures = 0;
    }
  }

  /**
   * Takes note of a failure.
   *
   * @param reached whether there is a position to go on at
   * @return how long to wait before the next attempt
   * @throws SourceException if there is none
   */
  Duration failed(SourceException why, boolean reached) {
    failures++;
    boolean mayEnd = !endless && !reached && everConnected;
    if (mayEnd || policy.givesUp(why.kind(), failures, everConnected)) {
      throw why; // a file cannot go on in its middle without a position
    }
    return policy.delay(why.kind(), failures, random);
  }
}
