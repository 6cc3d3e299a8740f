package io.videoml.kvs;

import io.videoml.kvs.ArchiveFragments.Ending;
import io.videoml.kvs.Counters.Count;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.fragment.FragmentException;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.ServiceError;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
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
  private final MissingFragments missing;
  private final Limits limits;
  private final Reports reports;
  private final Pace pace;
  private final Stop stop;
  private final ArchiveRecovery recovery;
  private final OneByOne oneByOne = new OneByOne();
  private @Nullable MediaSession session;
  private @Nullable FragmentReader reader;
  private int asked;
  private long deliveredBefore; // the response that is read
  private long dueNanos;
  private long sinceNanos; // the last fragment, or list, or entry
  private long bytesNanos;

  ArchiveFeed(
      ArchiveService service,
      ArchiveList list,
      ArchiveFragments fragments,
      FragmentPackets packets,
      MissingFragments missing,
      Limits limits,
      Reports reports,
      Pace pace,
      Stop stop) {
    this.service = service;
    this.list = list;
    this.fragments = fragments;
    this.packets = packets;
    this.missing = missing;
    this.limits = limits;
    this.reports = reports;
    this.pace = pace;
    this.stop = stop;
    this.recovery = new ArchiveRecovery(service, reports, pace);
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
      throw recovery.tired(limits.patience());
    }
    try {
      MediaSession open = session;
      if (open != null) {
        read(open, now);
      } else if (dueNanos > now) {
        pause(Math.min(dueNanos - now, limits.patience().toNanos() - (now - sinceNanos)));
      } else if (fragments.first() == null) {
        fragments.want(stop.await(list::next));
        oneByOne.came(); // what is listed now was not missing before
        progressed();
      } else if (oneByOne.doubtful()) {
        missing.unlisted(list, stop);
        oneByOne.came();
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
    var numbers = fragments.numbers(oneByOne.size(limits.batch()));
    asked = numbers.size();
    deliveredBefore = fragments.delivered();
    fragments.ending(Ending.NOT);
    reader = FragmentReader.ofArchive(fragments, FragmentLimits.defaults());
    oneByOne.begins(pace.nanoTime());
    session = stop.await(() -> service.media(numbers));
    bytesNanos = pace.nanoTime();
  }

  private void read(MediaSession open, long now) throws InterruptedException {
    long left = limits.silence().toNanos() - (now - bytesNanos);
    if (left <= 0) {
      drop();
      after(recovery.silent(limits.silence()));
      return;
    }
    long wait = Math.min(left, limits.patience().toNanos() - (now - sinceNanos));
    MediaChunk chunk = stop.await(() -> open.next(wait));
    if (open.answered()) {
      recovery.answered();
    }
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
      oneByOne.came();
      progressed();
    }
  }

  private void progressed() {
    recovery.progressed();
    sinceNanos = pace.nanoTime();
  }

  private void damaged(long before, FragmentException e) {
    drop();
    afterReading(before); // then the damage is further on
    recovery.damaged(e);
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
    if (asked == 1 && oneByOne.givesUp()) {
      missing(why);
      return;
    }
    alone(why);
    if (oneByOne.repeats()) {
      after(recovery.notWhole(why));
    }
  }

  private void refused(ServiceError error) {
    KvsFailure failure = KvsFailure.inStream(error.id(), error.code());
    drop();
    if (failure.remedy() != Remedy.NEW_POSITION) {
      failed(failure);
    } else {
      notThere(failure.message());
    }
  }

  private void notThere(String why) {
    if (asked == 1) {
      missing(why);
    } else {
      alone(why); // which one it is, the answer need not say
    }
  }

  private void alone(String why) {
    LOG.debug("{}: {}; asks for one alone", reports.source(), why);
    oneByOne.alone();
    dueNanos = oneByOne.due(pace.nanoTime());
  }

  private void missing(String reason) {
    missing.first(reason);
    oneByOne.missing();
    dueNanos = oneByOne.due(pace.nanoTime());
    progressed();
  }

  private void failed(KvsFailure failure) {
    boolean wasAsked = session != null;
    drop();
    if (wasAsked && recovery.established() && failure.kind() == Kind.NOT_FOUND) {
      notThere(failure.message());
    } else {
      after(recovery.failed(failure));
    }
  }

  private void after(long delay) {
    long now = pace.nanoTime();
    dueNanos = Math.max(now + delay, oneByOne.due(now));
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
