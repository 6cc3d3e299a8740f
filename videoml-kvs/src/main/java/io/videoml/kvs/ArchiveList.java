package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lists the fragments of a range in the order of their numbers, a part at a time. The service lists
 * in any order, so that a part has to be known as a whole; numbers grow with the server's time,
 * hence by that clock a part is a window of time. A producer's clock may be set back: by that, the
 * range is one part.
 *
 * <p>Threading: one thread.
 */
final class ArchiveList {
  /** A day of the shortest fragments in common use, of one second, and some. */
  static final int MOST = 100_000;

  private static final Duration FIRST_WINDOW = Duration.ofMinutes(10);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
  private static final int FEW = 500;
  private static final int MANY = 4_000;

  private final ArchiveService service;
  private final KvsRange range;
  private final Optional<Place> from;
  private Duration window = FIRST_WINDOW;
  private Instant next;
  private @Nullable FragmentNumber last;
  private boolean over;

  ArchiveList(ArchiveService service, KvsRange range, Optional<Place> from) {
    this.service = service;
    this.range = range;
    this.from = from;
    this.next = range.from();
    if (range.clock() == CaptureClock.KVS_SERVER
        && from.isPresent()
        && from.get().start() instanceof KvsStart.ServerTime start
        && start.time().isAfter(next)) {
      next = start.time();
    }
    over = next.isAfter(range.to());
  }

  /** Returns whether there is no other part. */
  boolean over() {
    return over;
  }

  /**
   * Returns the next part, which may be empty. What threw can be called again.
   *
   * @throws MediaException if the service does not answer, or lists too much
   */
  List<KvsArchivedFragment> next() throws InterruptedException {
    boolean whole = range.clock() == CaptureClock.KVS_PRODUCER;
    Instant end = whole ? range.to() : earlier(next.plus(window), range.to());
    TreeMap<FragmentNumber, KvsArchivedFragment> sorted = new TreeMap<>();
    Optional<String> page = Optional.empty();
    do {
      ArchiveService.Page got = service.list(new KvsRange(range.clock(), next, end), page);
      for (KvsArchivedFragment fragment : got.fragments()) {
        if (wanted(fragment)) {
          sorted.put(fragment.number(), fragment);
        }
      }
      if (sorted.size() > MOST) {
        throw tooMany(end);
      }
      page = got.next();
    } while (page.isPresent());
    if (sorted.size() < FEW) {
      window = shorter(window.multipliedBy(2), LONGEST_WINDOW);
    } else if (sorted.size() > MANY) {
      window = window.dividedBy(2);
    }
    over = !end.isBefore(range.to());
    next = end; // times of both ends count; whatever comes twice has the same number
    if (!sorted.isEmpty()) {
      last = sorted.lastKey();
    }
    return new ArrayList<>(sorted.values());
  }

  /**
   * Returns which of some fragments, in their order, are listed still.
   *
   * @throws MediaException as {@link #next}
   */
  Set<FragmentNumber> listed(List<KvsArchivedFragment> fragments) throws InterruptedException {
    Instant first = fragments.get(0).serverTime();
    Instant last = fragments.get(fragments.size() - 1).serverTime();
    KvsRange some = range;
    if (first != null && last != null && !last.isBefore(first)) {
      // A second more at both ends: the service may know times better than it tells them.
      some = KvsRange.serverTime(first.minusSeconds(1), last.plusSeconds(1));
    }
    Set<FragmentNumber> asked = new HashSet<>();
    fragments.forEach(fragment -> asked.add(fragment.number()));
    Set<FragmentNumber> listed = new HashSet<>();
    Optional<String> page = Optional.empty();
    do {
      ArchiveService.Page got = service.list(some, page);
      got.fragments().stream()
          .map(KvsArchivedFragment::number)
          .filter(asked::contains)
          .forEach(listed::add);
      page = got.next();
    } while (page.isPresent() && listed.size() < asked.size());
    return listed;
  }

  private boolean wanted(KvsArchivedFragment fragment) {
    if (last != null && fragment.number().compareTo(last) <= 0) {
      return false;
    }
    if (from.isEmpty()) {
      return true;
    }
    if (from.get().start() instanceof KvsStart.After after) {
      return fragment.number().compareTo(after.number()) > 0;
    }
    return !(from.get().start() instanceof KvsStart.ServerTime server)
        || fragment.serverTime() == null
        || !fragment.serverTime().isBefore(server.time());
  }

  private MediaException tooMany(Instant end) {
    return new MediaException(
        new KvsFailure(
            Remedy.NONE,
            Kind.CONFIGURATION,
            "TooManyFragments",
            "there are more than %d fragments from %s to %s; read a shorter range, or one by server time"
                .formatted(MOST, next, end),
            null));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
