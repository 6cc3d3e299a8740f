package io.videoml.gstreamer;

import io.videoml.gstreamer.Unit.Fate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Matches decoded pictures to the coded ones they came of, and counts those that never come out.
 *
 * <p>Threading: any; one thread notes, another settles.
 */
final class UnitLog {
  /** More than any codec reorders: what is this much older will not come. */
  private static final int MAX_REORDERED = 32;

  private static final long NEAR_NANOS = 1_000_000;
  private static final int MAX_NOTED = 4096;

  private final Deque<Unit> noted = new ArrayDeque<>();
  private long nextIndex;
  private long notDemanded;
  private int inFlight;

  /** Notes a picture that came. */
  synchronized void note(Unit unit) {
    if (noted.size() == MAX_NOTED) { // as where no key frame ever comes
      drop(noted.removeFirst());
    }
    noted.addLast(unit);
    if (unit.fate() == Fate.FED) {
      inFlight++;
    }
  }

  /**
   * Finds the coded picture of a decoded one, and counts those before it as gone.
   *
   * @return null where none is left
   */
  synchronized @Nullable Unit settle(long pts) {
    Unit match = find(pts);
    if (match == null) {
      return null;
    }
    for (Iterator<Unit> units = noted.iterator(); units.hasNext(); ) {
      Unit unit = units.next();
      if (unit.number() == match.number()) {
        units.remove();
        inFlight--;
      } else if (isBefore(unit, match)) {
        units.remove();
        drop(unit);
      }
    }
    return match;
  }

  /** Takes the place of a decoded picture; not wanted, it counts as passed over. */
  synchronized long place(boolean wanted) {
    if (!wanted) {
      notDemanded++;
    }
    return nextIndex++;
  }

  /** Counts what is still noted: nothing comes any more. */
  synchronized void end() {
    noted.forEach(this::drop);
    noted.clear();
  }

  /** Returns how many pictures the decoder got that did not come out yet. */
  synchronized int inFlight() {
    return inFlight;
  }

  synchronized long notDemanded() {
    return notDemanded;
  }

  private void drop(Unit unit) {
    nextIndex++;
    switch (unit.fate()) {
      case PASSED_OVER -> notDemanded++;
      case FED -> inFlight--;
      case LOST -> {}
    }
  }

  private @Nullable Unit find(long pts) {
    Unit near = null;
    Unit oldest = null;
    for (Unit unit : noted) {
      if (unit.fate() != Fate.FED) {
        continue;
      }
      if (pts != Gst.NO_TIME && unit.pts() == pts) {
        return unit;
      }
      if (pts != Gst.NO_TIME
          && unit.pts() != Gst.NO_TIME
          && Math.abs(unit.pts() - pts) < NEAR_NANOS
          && near == null) {
        near = unit;
      }
      if (oldest == null) {
        oldest = unit;
      }
    }
    return near != null ? near : oldest;
  }

  private static boolean isBefore(Unit unit, Unit match) {
    if (unit.number() < match.number() - MAX_REORDERED) {
      return true; // of a run before, whose times were later
    }
    if (unit.pts() == Gst.NO_TIME || match.pts() == Gst.NO_TIME) {
      return unit.number() < match.number();
    }
    return unit.pts() < match.pts() && unit.number() < match.number() + MAX_REORDERED;
  }
}
