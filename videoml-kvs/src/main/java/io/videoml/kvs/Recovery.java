package io.videoml.kvs;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.fragment.FragmentException;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows the end of a session: another one after a delay, with whatever must be
 * renewed, or an exception where that would not help.
 *
 * <p>Threading: one thread.
 */
final class Recovery {
  private static final int CORRUPT_IN_A_ROW = 3;

  private final MediaService service;
  private final Progress progress;
  private final KvsExpired expired;
  private final Reports reports;
  private final Backoff backoff;
  private final Set<Remedy> tried = EnumSet.noneOf(Remedy.class); // since a fragment came
  private @Nullable SourceException last;
  private boolean established;
  private int corrupt;

  Recovery(
      MediaService service, Progress progress, KvsExpired expired, Reports reports, Pace pace) {
    this.service = service;
    this.progress = progress;
    this.expired = expired;
    this.reports = reports;
    this.backoff = new Backoff(pace);
  }

  /** The service agreed to a session: from now on, what may pass is waited for here. */
  void established() {
    established = true;
  }

  /** A fragment came: all is forgotten. */
  void progressed() {
    corrupt = 0;
    tried.clear();
    backoff.reset();
  }

  /**
   * A session ended, as sessions do.
   *
   * @param brought whether it brought a fragment
   * @return nanoseconds until the next, as all below
   */
  long ended(boolean brought) {
    last = nothingComes();
    return next("end", "the session ended", backoff.end(brought));
  }

  /** A session was silent for too long, which says nothing of the stream. */
  long silent(Duration time) {
    last = failure(Kind.STALLED, "the session was silent for " + time);
    return next("silent", "the session was silent for " + time, backoff.failure());
  }

  /** A session brought damage. The next begins with a whole fragment; some damage stays. */
  long corrupt(FragmentException damage) {
    last =
        new SourceException(
            Kind.CORRUPT,
            reports.source(),
            "the stream is damaged: " + damage.getMessage(),
            damage);
    corrupt++;
    if (corrupt >= CORRUPT_IN_A_ROW) {
      corrupt = 0;
      throw last;
    }
    return next("corrupt", "the stream is damaged", backoff.failure());
  }

  /**
   * A session was refused, broke, or reported an error.
   *
   * @param answered whether the service had agreed to it
   * @throws SourceException if nothing helps
   */
  long failed(KvsFailure failure, boolean answered) {
    SourceException why = failure.toException(reports.source());
    last = why;
    Remedy remedy = remedy(failure, answered);
    boolean again = !tried.add(remedy);
    long delay =
        switch (remedy) {
          case NEW_CREDENTIALS -> {
            giveUp(again, why);
            service.renewCredentials();
            yield 0;
          }
          case NEW_ENDPOINT -> {
            giveUp(again && !established, why);
            service.renewEndpoint();
            yield again ? backoff.failure() : 0;
          }
          case NEW_POSITION -> {
            giveUp(expired == KvsExpired.FAIL, why);
            progress.expires(expired);
            yield again ? backoff.failure() : 0;
          }
          case RETRY -> {
            giveUp(!established, why); // opening is tried again by whoever opens
            yield backoff.failure();
          }
          case RETRY_SLOWLY -> {
            giveUp(!established, why);
            yield backoff.limited();
          }
          case NONE -> {
            service.renewEndpoint(); // whoever opens next does not trust what is remembered
            throw why;
          }
        };
    return next(failure.code(), failure.message(), delay);
  }

  /** Returns what to throw where nothing came for too long. */
  SourceException tired(Duration patience) {
    SourceException why = last != null ? last : nothingComes();
    return new SourceException(
        why.kind(),
        reports.source(),
        "nothing came within " + patience + ", at last: " + why.getMessage(),
        why.getCause());
  }

  private Remedy remedy(KvsFailure failure, boolean answered) {
    if (answered && failure.remedy() == Remedy.NEW_ENDPOINT) {
      return Remedy.RETRY; // the endpoint was right, the connection broke
    }
    // Refused elsewhere as well, it is the request that is wrong: then it is not after a fragment.
    return failure.mayBePosition() && progress.afterKnown()
        ? Remedy.NEW_POSITION
        : failure.remedy();
  }

  private static void giveUp(boolean doomed, SourceException why) {
    if (doomed) {
      throw why;
    }
  }

  private long next(String cause, String what, long delayNanos) {
    reports.reconnects(cause, what, delayNanos);
    return delayNanos;
  }

  private SourceException nothingComes() {
    return failure(Kind.STALLED, "the stream brings nothing: is its producer running?");
  }

  private SourceException failure(Kind kind, String what) {
    return new SourceException(kind, reports.source(), what);
  }
}
