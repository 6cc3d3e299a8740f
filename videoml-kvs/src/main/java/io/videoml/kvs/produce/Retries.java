package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When the next session begins, after how many failures in a row. */
final class Retries {
  private static final Duration SLOWEST_FIRST = Duration.ofSeconds(1);

  private final ReconnectPolicy policy;
  private final RandomGenerator random;
  private int failures;
  private boolean everAccepted;

  Retries(ReconnectPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  void accepted() {
    everAccepted = true;
  }

  /** A fragment was stored: what was before is forgotten. */
  void healthy() {
    failures = 0;
  }

  /** Returns how long to wait; empty for giving up. */
  Optional<Duration> after(KvsFailure failure) {
    failures++;
    Kind kind = failure.kind();
    if (failure.remedy() == Remedy.NEW_CREDENTIALS && failures == 1) {
      return Optional.of(policy.delay(Kind.NETWORK, 1, random)); // they may only be old
    }
    if (kind == Kind.CONFIGURATION && everAccepted) {
      kind = Kind.UNSUPPORTED; // it worked before: slowly
    }
    if (policy.givesUp(kind, failures, everAccepted)) {
      return Optional.empty();
    }
    Duration delay = policy.delay(kind, failures, random);
    boolean tooFast = failure.remedy() == Remedy.RETRY_SLOWLY && delay.compareTo(SLOWEST_FIRST) < 0;
    // The old connection takes its time to die, and counts until then; spread what comes after.
    return Optional.of(tooFast ? SLOWEST_FIRST.plus(delay.dividedBy(2)) : delay);
  }
}
