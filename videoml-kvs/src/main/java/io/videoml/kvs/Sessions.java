package io.videoml.kvs;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream over as many sessions as it takes: they end by design, after 45 minutes or when no
 * producer sends, and are cut. Each goes on where the one before came to.
 *
 * <p>Threading: one thread.
 */
final class Sessions implements PacketFeed {
  private static final int CORRUPT_IN_A_ROW = 3;

  /**
   * How long it waits.
   *
   * @param silence of a session, before another is tried
   * @param patience with sessions that bring nothing, before it fails
   * @param idle of the stream, before it counts as ended; empty for never
   * @param expired what to do where the place to go on at is gone
   */
  record Limits(Duration silence, Duration patience, Optional<Duration> idle, KvsExpired expired) {}

  private final MediaService service;
  private final Progress progress;
  private final FragmentPackets packets;
  private final Limits limits;
  private final Reports reports;
  private final Pace pace;
  private final Stop stop;
  private final Backoff backoff;
  private @Nullable MediaSession session;
  private @Nullable FragmentReader reader;
  private @Nullable SourceException lastFailure;
  private Remedy tried = Remedy.RETRY;
  private boolean established; // some session was agreed to
  private boolean reachable; // the last one was
  private boolean ended;
  private boolean brought; // the session brought a fragment
  private int corrupt;
  private long dueNanos;
  private long enteredNanos;
  private long bytesNanos;
  private long sessionNanos;

  Sessions(
      MediaService service,
      Progress progress,
      FragmentPackets packets,
      Limits limits,
      Reports reports,
      Pace pace,
      Stop stop) {
    this.service = service;
    this.progress = progress;
    this.packets = packets;
    this.limits = limits;
    this.reports = reports;
    this.pace = pace;
    this.stop = stop;
    this.backoff = new Backoff(pace);
    this.dueNanos = pace.nanoTime();
    this.bytesNanos = dueNanos;
  }

  /** Begins to wait; time before does not count. */
  @Override
  public void enter() {
    enteredNanos = pace.nanoTime();
  }

  /** Returns whether the stream ended: it was idle for as long as was said. */
  @Override
  public boolean ended() {
    return ended;
  }

  /**
   * Reads on by a little, or waits, or begins another session.
   *
   * @throws SourceException if the stream cannot go on, or brought nothing for too long
   */
  @Override
  public void advance() throws InterruptedException {
    long now = pace.nanoTime();
    long quiet = now - Math.max(enteredNanos, bytesNanos);
    if (limits.idle().isPresent() && reachable && quiet >= limits.idle().get().toNanos()) {
      drop();
      ended = true;
      return;
    }
    if (now - enteredNanos >= limits.patience().toNanos()) {
      throw tired();
    }
    try {
      MediaSession open = session;
      if (open == null) {
        begin(now);
      } else {
        read(open, now);
      }
    } catch (MediaException e) {
      failed(e.failure());
    }
  }

  private void begin(long now) throws InterruptedException {
    if (dueNanos > now) {
      long wait = Math.min(dueNanos - now, untilGivenUp(now));
      stop.await(
          () -> {
            pace.sleep(wait);
            return wait;
          });
      return;
    }
    reports.count(Count.CONNECTIONS);
    KvsStart start = progress.start();
    reader = new FragmentReader(packets, FragmentLimits.defaults());
    brought = false;
    session = stop.await(() -> service.open(start));
    sessionNanos = pace.nanoTime();
  }

  private void read(MediaSession open, long now) throws InterruptedException {
    long silentSince = Math.max(Math.max(enteredNanos, bytesNanos), sessionNanos);
    long left = limits.silence().toNanos() - (now - silentSince);
    if (left <= 0) {
      drop();
      lastFailure = failure(Kind.STALLED, "the session was silent for " + limits.silence());
      retry("silent", "the session was silent", backoff.failure());
      return;
    }
    long wait = Math.min(left, untilGivenUp(now));
    MediaChunk chunk = stop.await(() -> open.next(wait));
    if (open.answered()) {
      if (!established) {
        established = true;
        bytesNanos = pace.nanoTime(); // idle is only who could have sent
      }
      reachable = true;
    }
    switch (chunk.what()) {
      case DATA -> {
        bytesNanos = chunk.arrivalNanos();
        feed(chunk);
      }
      case END -> {
        drop();
        lastFailure = nothingComes();
        retry("end", "the session ended", backoff.end(brought));
      }
      case NOTHING -> {}
    }
  }

  private void feed(MediaChunk chunk) {
    reports.counters().add(Count.BYTES, chunk.bytes().remaining());
    long before = packets.completed();
    packets.arriving(chunk.arrivalNanos());
    try {
      if (reader != null) {
        reader.feed(chunk.bytes());
      }
    } catch (FragmentException e) {
      corrupt(e);
      return;
    } finally {
      if (packets.completed() > before) {
        brought = true;
        corrupt = 0;
        tried = Remedy.RETRY;
        backoff.reset();
      }
    }
    ServiceError error = packets.takeError();
    if (error != null) {
      failed(KvsFailure.inStream(error.id(), error.code()));
    }
  }

  /** The next session begins with a whole fragment; only what never gets better is given up. */
  private void corrupt(FragmentException e) {
    drop();
    corrupt++;
    lastFailure =
        new SourceException(
            Kind.CORRUPT, reports.source(), "the stream is damaged: " + e.getMessage(), e);
    if (corrupt >= CORRUPT_IN_A_ROW) {
      corrupt = 0;
      throw lastFailure;
    }
    retry("corrupt", "the stream is damaged", backoff.failure());
  }

  private void failed(KvsFailure failure) {
    boolean answered = session != null && session.answered();
    drop();
    reachable = false;
    lastFailure = failure.toException(reports.source());
    Remedy remedy = failure.remedy();
    if (answered && remedy == Remedy.NEW_ENDPOINT) {
      remedy = Remedy.RETRY; // the endpoint was right, the connection broke
    }
    boolean again = remedy == tried;
    tried = remedy;
    long delay;
    switch (remedy) {
      case NEW_CREDENTIALS -> {
        if (again) {
          throw lastFailure;
        }
        service.renewCredentials();
        delay = 0;
      }
      case NEW_ENDPOINT -> {
        if (again && !established) {
          throw lastFailure;
        }
        service.renewEndpoint();
        delay = again ? backoff.failure() : 0;
      }
      case NEW_POSITION -> {
        if (limits.expired() == KvsExpired.FAIL) {
          throw lastFailure;
        }
        progress.expires(limits.expired());
        delay = again ? backoff.failure() : 0;
      }
      case RETRY, RETRY_SLOWLY -> {
        if (!established) {
          throw lastFailure; // opening is tried again by whoever opens
        }
        delay = remedy == Remedy.RETRY ? backoff.failure() : backoff.limited();
      }
      default -> throw lastFailure;
    }
    retry(failure.code(), failure.message(), delay);
  }

  private void retry(String cause, String what, long delay) {
    reports.reconnects(cause, what, delay);
    dueNanos = pace.nanoTime() + delay;
  }

  private long untilGivenUp(long now) {
    long patience = limits.patience().toNanos() - (now - enteredNanos);
    long idle =
        limits
            .idle()
            .filter(time -> reachable || session != null)
            .map(time -> time.toNanos() - (now - Math.max(enteredNanos, bytesNanos)))
            .orElse(Long.MAX_VALUE);
    return Math.max(1, Math.min(patience, idle));
  }

  private SourceException tired() {
    SourceException why = lastFailure != null ? lastFailure : nothingComes();
    return new SourceException(
        why.kind(),
        reports.source(),
        "nothing came within " + limits.patience() + ", at last: " + why.getMessage(),
        why.getCause());
  }

  private SourceException nothingComes() {
    return failure(Kind.STALLED, "the stream brings nothing: is its producer running?");
  }

  private SourceException failure(Kind kind, String what) {
    return new SourceException(kind, reports.source(), what);
  }

  /** Leaves a session. What is not complete comes again, whether it was cut or ended. */
  private void drop() {
    MediaSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
    FragmentReader last = reader;
    reader = null;
    if (last != null) {
      packets.cutting(true);
      try {
        last.end();
      } catch (FragmentException e) {
        // It was cut in the middle of something, which is no news.
      }
      packets.cutting(false);
    }
  }

  /** Leaves the session of the moment, for good. */
  @Override
  public void close() {
    drop();
    service.close();
  }
}
