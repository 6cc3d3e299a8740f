package io.videoml.kvs.produce;

import java.util.NavigableMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who has to go when there is no room. */
final class Victims {
  private Victims() {}

  /**
   * Returns what is given up first: the oldest that did not begin to leave; else the oldest that
   * waits for the service's word; else what is leaving. Never the one that is put together; null
   * where there is no other.
   *
   * @param frees whether giving one up makes the room that is wanted
   * @param evenLeaving whether what is leaving may go
   */
  static @Nullable Fragment toDrop(
      NavigableMap<Long, Fragment> fragments,
      long sending,
      Predicate<Fragment> frees,
      boolean evenLeaving) {
    Fragment waiting = null;
    Fragment leaving = null;
    for (Fragment each : fragments.values()) {
      if (!each.sealed || !frees.test(each)) {
        continue;
      }
      if (each.sequence == sending) {
        leaving = evenLeaving ? each : null;
      } else if (!each.handedOver) {
        return each;
      } else if (waiting == null) {
        waiting = each;
      }
    }
    return waiting == null ? leaving : waiting;
  }

  /** Returns what is needed last of what lies on disk as well: the newest; null for none. */
  static @Nullable Fragment toEvict(NavigableMap<Long, Fragment> fragments, long sending) {
    for (Fragment each : fragments.descendingMap().values()) {
      if (each.sealed && each.spooled && each.pieces != null && each.sequence != sending) {
        return each;
      }
    }
    return null;
  }
}
