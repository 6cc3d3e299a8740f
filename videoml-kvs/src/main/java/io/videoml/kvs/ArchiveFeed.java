package io.videoml.kvs;

import io.videoml.kvs.ArchiveFragments.Ending;
import io.videoml.kvs.Counters.Count;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.fragment.FragmentException;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.ServiceError;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a range of the archive, a batch of fragments after another. What does not come of a batch
 * is asked for again, one by one, so that it is certain which fragments are missing.
 *
 * <p>Threading: one thread.
 */
final class ArchiveFeed implements PacketFeed {
  private static final Logger LOG = LoggerFactory.getLogger(KvsArchiveSource.class);

  /** A fragment that comes so often and never whole is given up. */
  private static final int NOT_WHOLE = 6;

  /**
   * What it keeps to.
   *
   * @param silence of a response, before it is asked for again
   * @param patience with a service that does not give, before it fails
   * @param batch fragments at once
   */
  record Limits(Duration silence, Duration patience, int batch) {}

  private final ArchiveService service;
  private final ArchiveList list;
  private final ArchiveFragments fragments;
  private final FragmentPackets packets;
  private final Progress progress;
  private final KvsArchiveListener listener;
  private final Limits limits;
  private final Reports reports;
  private final Pace pace;
  private final Stop stop;
  private final Backoff backoff;
  private final Set<Remedy> tried = EnumSet.noneOf(Remedy.class); // since a fragment came
  private @Nullable MediaSession session;
  private @Nullable FragmentReader reader;
  private @Nullable SourceException lastFailure;
  private boolean established; // the service answered once
  private boolean single; // the first is asked for alone
  private int asked;
  private long deliveredBefore; // the response that is read
  private int tries; // that brought the first alone, and not whole
  private long dueNanos;
  private long sinceNanos; // the last fragment, or list, or entry
  private long bytesNanos;

  ArchiveFeed(
      ArchiveService service,
      ArchiveList list,
      ArchiveFragments fragments,
      FragmentPackets packets,
      Progress progress,
      KvsArchiveListener listener,
      Limits limits,
      Reports reports,
      Pace pace,
      Stop stop) {
    this.service = service;
    this.list = list;
    this.fragments = fragments;
    this.packets = packets;
    this.progress = progress;
    this.listener = listener;
    this.limits = limits;
    this.reports = reports;
    this.pace = pace;
    this.stop = stop;
    this.backoff = new Backoff(pace);
    this.dueNanos = pace.nanoTime();
    this.sinceNanos = dueNanos;
  }

  @Override
  public void enter() {
    sinceNanos = pace.nanoTime();
  }

  @Override
  public boolean ended() {
    return session == null && fragments.first() == null && list.over();
  }

  @Override
  public void advance() throws InterruptedException {
    long now = pace.nanoTime();
    if (now - sinceNanos >= limits.patience().toNanos()) {
      throw tired();
    }
    try {
      MediaSession open = session;
      if (open != null) {
        read(open, now);
      } else if (dueNanos > now) {
        pause(Math.min(dueNanos - now, limits.patience().toNanos() - (now - sinceNanos)));
      } else if (fragments.first() == null) {
        fragments.want(stop.await(list::next));
        progressed();
      } else {
        begin();
      }
    } catch (MediaException e) {
      failed(e.failure());
    }
  }

  private void pause(long nanos) throws InterruptedException {
    stop.await(
        () -> {
          pace.sleep(nanos);
          return nanos;
        });
  }

  private void begin() throws InterruptedException {
    reports.count(Count.CONNECTIONS);
    var numbers = fragments.numbers(single ? 1 : limits.batch());
    asked = numbers.size();
    deliveredBefore = fragments.delivered();
    fragments.ending(Ending.NOT);
    reader = FragmentReader.ofArchive(fragments, FragmentLimits.defaults());
    session = stop.await(() -> service.media(numbers));
    bytesNanos = pace.nanoTime();
  }

  private void read(MediaSession open, long now) throws InterruptedException {
    long left = limits.silence().toNanos() - (now - bytesNanos);
    if (left <= 0) {
      drop();
      lastFailure = failure(Kind.STALLED, "the archive was silent for " + limits.silence());
      retry("silent", "the archive was silent", backoff.failure());
      return;
    }
    long wait = Math.min(left, limits.patience().toNanos() - (now - sinceNanos));
    MediaChunk chunk = stop.await(() -> open.next(wait));
    established |= open.answered();
    if (chunk.what() == MediaChunk.What.END) {
      responseEnded();
    } else if (chunk.what() == MediaChunk.What.DATA) {
      bytesNanos = chunk.arrivalNanos();
      feed(chunk);
    }
  }

  private void feed(MediaChunk chunk) {
    reports.counters().add(Count.BYTES, chunk.bytes().remaining());
    packets.arriving(chunk.arrivalNanos());
    long before = fragments.delivered();
    try {
      if (reader != null) {
        reader.feed(chunk.bytes());
      }
    } catch (FragmentException e) {
      damaged(before, e);
      return;
    }
    afterReading(before);
    ServiceError error = fragments.takeError();
    if (error != null) {
      refused(error);
    } else if (fragments.takeStrayed()) {
      drop();
      notWhole("another fragment came than was next");
    }
  }

  /** Sees whether a fragment came since, as whole. */
  private void afterReading(long before) {
    if (fragments.delivered() > before) {
      single = false;
      progressed();
    }
  }

  private void progressed() {
    tries = 0;
    established = true;
    tried.clear();
    backoff.reset();
    sinceNanos = pace.nanoTime();
  }

  private void damaged(long before, FragmentException e) {
    drop();
    if (fragments.delivered() > before) {
      progressed(); // the damage is further on
    }
    lastFailure =
        new SourceException(
            Kind.CORRUPT, reports.source(), "the archive is damaged: " + e.getMessage(), e);
    notWhole("it is damaged: " + e.getMessage());
  }

  private void responseEnded() {
    long before = fragments.delivered();
    boolean came = fragments.begun();
    end(Ending.CLEANLY);
    boolean none = fragments.delivered() - deliveredBefore < asked;
    afterReading(before);
    ServiceError error = fragments.takeError();
    if (error != null) {
      refused(error);
    } else if (none && asked == 1 && !came) {
      missing("the archive does not give it");
    } else if (none) {
      notWhole("the archive does not give it as a whole");
    }
  }

  private void notWhole(String why) {
    if (asked == 1 && ++tries >= NOT_WHOLE) {
      missing(why);
      return;
    }
    if (tries > 1) {
      retry("not_whole", why, backoff.failure());
    }
    oneByOne(why);
  }

  private void refused(ServiceError error) {
    KvsFailure failure = KvsFailure.inStream(error.id(), error.code());
    drop();
    if (failure.remedy() != Remedy.NEW_POSITION) {
      failed(failure);
    } else if (asked == 1) {
      missing(failure.message());
    } else {
      oneByOne("a fragment is not there"); // which one, the answer need not say
    }
  }

  private void oneByOne(String why) {
    LOG.debug("{}: {}; asks for one alone", reports.source(), why);
    single = true;
  }

  private void missing(String reason) {
    KvsArchivedFragment gone = fragments.giveUp();
    LOG.warn(
        "{}: fragment {} of {} (server time), {} ms long, is missing: {}",
        reports.source(),
        gone.number(),
        gone.serverTime(),
        gone.length().toMillis(),
        reason);
    progress.passes(gone.number());
    single = false;
    progressed();
    try {
      listener.onMissing(reports.source(), gone, reason);
    } catch (RuntimeException e) {
      LOG.warn("{}: the listener failed", reports.source(), e);
    }
  }

  private void failed(KvsFailure failure) {
    boolean wasAsked = session != null;
    drop();
    if (wasAsked && established && failure.kind() == Kind.NOT_FOUND) {
      if (asked == 1) {
        missing(failure.message());
      } else {
        oneByOne("fragments are not found");
      }
      return;
    }
    lastFailure = failure.toException(reports.source());
    Remedy remedy = failure.remedy();
    boolean again = !tried.add(remedy);
    long delay = 0;
    switch (remedy) {
      case NEW_CREDENTIALS -> {
        if (again) {
          throw lastFailure;
        }
        service.renewCredentials();
      }
      case NEW_ENDPOINT -> {
        if (again && !established) {
          throw lastFailure; // an address that never answered
        }
        service.renewEndpoint();
        delay = again ? backoff.failure() : 0;
      }
      case RETRY -> delay = backoff.failure();
      case RETRY_SLOWLY -> delay = backoff.limited();
      default -> {
        service.renewEndpoint(); // whoever opens next does not trust what is remembered
        throw lastFailure;
      }
    }
    retry(failure.code(), failure.message(), delay);
  }

  private void retry(String cause, String what, long delay) {
    reports.reconnects(cause, what, delay);
    dueNanos = pace.nanoTime() + delay;
  }

  private SourceException tired() {
    SourceException why =
        lastFailure != null ? lastFailure : failure(Kind.STALLED, "the archive gives nothing");
    return new SourceException(
        why.kind(),
        reports.source(),
        "nothing came within " + limits.patience() + ", at last: " + why.getMessage(),
        why.getCause());
  }

  private SourceException failure(Kind kind, String what) {
    return new SourceException(kind, reports.source(), what);
  }

  private void drop() {
    end(Ending.CUT);
  }

  private void end(Ending how) {
    MediaSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
    FragmentReader last = reader;
    reader = null;
    if (last != null) {
      fragments.ending(how);
      try {
        last.end();
      } catch (FragmentException | IllegalStateException e) {
        LOG.debug("{}: a response ended within something", reports.source(), e);
      }
    }
  }

  @Override
  public void close() {
    drop();
    service.close();
  }
}
