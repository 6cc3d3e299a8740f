package io.videoml.kvs;

import io.videoml.kvs.Counters.Count;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.fragment.FragmentException;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.ServiceError;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream over as many sessions as it takes: they end by design, after 45 minutes or when no
 * producer sends, and are cut. Each goes on where the one before came to.
 *
 * <p>Threading: one thread.
 */
final class Sessions implements PacketFeed {
  private final MediaService service;
  private final Progress progress;
  private final FragmentPackets packets;
  private final Recovery recovery;
  private final Waiting waiting;
  private final Reports reports;
  private final Pace pace;
  private final Stop stop;
  private @Nullable MediaSession session;
  private @Nullable FragmentReader reader;
  private boolean reachable; // the last session was agreed to
  private boolean silent; // the last session was, once it was agreed to
  private boolean ended;
  private boolean some; // the session brought bytes
  private boolean brought; // and a whole fragment
  private long dueNanos;
  private long sessionNanos;

  Sessions(
      MediaService service,
      Progress progress,
      FragmentPackets packets,
      Recovery recovery,
      Waiting waiting,
      Reports reports,
      Pace pace,
      Stop stop) {
    this.service = service;
    this.progress = progress;
    this.packets = packets;
    this.recovery = recovery;
    this.waiting = waiting;
    this.reports = reports;
    this.pace = pace;
    this.stop = stop;
    this.dueNanos = pace.nanoTime();
  }

  @Override
  public void enter() {
    waiting.enter(pace.nanoTime());
  }

  /** Returns whether the stream ended: it was idle for as long as was said. */
  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void advance() throws InterruptedException {
    long now = pace.nanoTime();
    if (reachable && waiting.idle(now)) {
      drop();
      ended = true;
      return;
    }
    if (waiting.tired(now)) {
      throw recovery.tired(waiting.limits().patience());
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
      long wait = Math.min(dueNanos - now, waiting.untilDecided(now, reachable));
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
    some = false;
    brought = false;
    session = stop.await(() -> service.open(start));
    sessionNanos = pace.nanoTime();
  }

  private void read(MediaSession open, long now) throws InterruptedException {
    long left = waiting.untilSilent(now, sessionNanos);
    if (left <= 0) {
      if (!open.answered()) {
        service.renewEndpoint(); // nobody may be there any more
      }
      reachable = false; // the connection may be dead, which is no end
      silent = open.answered();
      leave(true, () -> recovery.silent(waiting.limits().silence()));
      return;
    }
    long decided = waiting.untilDecided(now, reachable);
    long wait = Math.min(left, reachable ? decided : waiting.atMostIdle(decided));
    MediaChunk chunk = stop.await(() -> open.next(wait));
    if (open.answered() && !reachable) {
      reachable = true;
      recovery.established();
      if (silent) {
        waiting.answeredAfterSilence(pace.nanoTime());
      } else {
        waiting.bytes(pace.nanoTime()); // idle is only who could have sent
      }
      silent = false;
    }
    switch (chunk.what()) {
      case DATA -> {
        waiting.bytes(chunk.arrivalNanos());
        feed(chunk);
      }
      case END -> leave(some, () -> recovery.ended(brought));
      case NOTHING -> {}
    }
  }

  private void feed(MediaChunk chunk) {
    reports.counters().add(Count.BYTES, chunk.bytes().remaining());
    long before = packets.completed();
    packets.arriving(chunk.arrivalNanos());
    some = true;
    FragmentException damage = null;
    try {
      if (reader != null) {
        reader.feed(chunk.bytes());
      }
    } catch (FragmentException e) {
      damage = e;
    }
    if (packets.completed() > before) {
      brought = true;
      recovery.progressed();
    }
    ServiceError error = packets.takeError();
    FragmentException corrupt = damage;
    if (error != null) {
      failed(inStream(error));
    } else if (corrupt != null) {
      leave(true, () -> recovery.corrupt(corrupt));
    }
  }

  /**
   * Leaves a session, for a reason that an error which comes to light by that overrules.
   *
   * @param broken whether the beginning of a fragment may be lost by that, where none was seen
   */
  private void leave(boolean broken, LongSupplier reason) {
    boolean answered = answered();
    drop();
    ServiceError error = packets.takeError();
    if (answered && (broken || error != null)) {
      progress.breaks();
    }
    if (error != null) {
      reachable = false;
    }
    due(error == null ? reason.getAsLong() : recovery.failed(inStream(error), answered));
  }

  private boolean answered() {
    return session != null && session.answered();
  }

  private static KvsFailure inStream(ServiceError error) {
    return KvsFailure.inStream(error.id(), error.code());
  }

  private void failed(KvsFailure failure) {
    boolean answered = answered();
    reachable = false;
    silent = false;
    leave(true, () -> recovery.failed(failure, answered));
  }

  private void due(long delayNanos) {
    dueNanos = pace.nanoTime() + delayNanos;
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
      last.end();
      packets.cutting(false);
    }
  }

  @Override
  public void close() {
    drop();
    service.close();
  }
}
