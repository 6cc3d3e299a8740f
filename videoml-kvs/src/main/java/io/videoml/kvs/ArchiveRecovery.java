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
 * Decides what follows a request to the archive that failed: another after a delay, with whatever
 * must be renewed, or an exception where that would not help.
 *
 * <p>Threading: one thread.
 */
final class ArchiveRecovery {
  private final ArchiveService service;
  private final Reports reports;
  private final Backoff backoff;
  private final Set<Remedy> tried = EnumSet.noneOf(Remedy.class); // since a fragment came
  private @Nullable SourceException last;
  private boolean established; // the service answered once

  ArchiveRecovery(ArchiveService service, Reports reports, Pace pace) {
    this.service = service;
    this.reports = reports;
    this.backoff = new Backoff(pace);
  }

  boolean established() {
    return established;
  }

  /** The service answered: its address is right. */
  void answered() {
    established = true;
  }

  /** A fragment came, or a list, or it is certain that one is missing: all is forgotten. */
  void progressed() {
    established = true;
    tried.clear();
    backoff.reset();
  }

  /**
   * A response was silent for too long.
   *
   * @return nanoseconds until the next request, as all below
   */
  long silent(Duration time) {
    last = failure(Kind.STALLED, "the archive was silent for " + time);
    return next("silent", "the archive was silent", backoff.failure());
  }

  /** A response was damaged; whether it is asked for again is another's to say. */
  void damaged(FragmentException e) {
    last =
        new SourceException(
            Kind.CORRUPT, reports.source(), "the archive is damaged: " + e.getMessage(), e);
  }

  /** A fragment came alone, and not whole, more than once. */
  long notWhole(String why) {
    return next("not_whole", why, backoff.failure());
  }

  /**
   * A request was refused, or its response broke.
   *
   * @throws SourceException if nothing helps
   */
  long failed(KvsFailure failure) {
    SourceException why = failure.toException(reports.source());
    last = why;
    Remedy remedy = failure.remedy();
    boolean again = !tried.add(remedy);
    long delay = 0;
    switch (remedy) {
      case NEW_CREDENTIALS -> {
        if (again) {
          throw why;
        }
        service.renewCredentials();
      }
      case NEW_ENDPOINT -> {
        if (again && !established) {
          throw why; // an address that never answered
        }
        service.renewEndpoint();
        delay = again ? backoff.failure() : 0;
      }
      case RETRY -> delay = backoff.failure();
      case RETRY_SLOWLY -> delay = backoff.limited();
      default -> {
        service.renewEndpoint(); // whoever opens next does not trust what is remembered
        throw why;
      }
    }
    return next(failure.code(), failure.message(), delay);
  }

  /** Returns what to throw where nothing came for too long. */
  SourceException tired(Duration patience) {
    SourceException why = last != null ? last : failure(Kind.STALLED, "the archive gives nothing");
    return new SourceException(
        why.kind(),
        reports.source(),
        "nothing came within " + patience + ", at last: " + why.getMessage(),
        why.getCause());
  }

  private SourceException failure(Kind kind, String what) {
    return new SourceException(kind, reports.source(), what);
  }

  private long next(String cause, String what, long delay) {
    reports.reconnects(cause, what, delay);
    return delay;
  }
}
