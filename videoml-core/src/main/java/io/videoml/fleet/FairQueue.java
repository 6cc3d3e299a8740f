package io.videoml.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders those who wait, by stride scheduling: while all priorities wait, each is served in
 * proportion to its weight; within one, first come is first served. A priority that did not wait
 * saves nothing up. Where two have waited equally, the higher comes first.
 *
 * <p>No clock, no locks. Threading: one thread at a time.
 *
 * @param <T> those who wait
 */
final class FairQueue<T> {
  /**
   * So much of a pass that strides are those of the weights, which end at a thousand, to a
   * ten-thousandth; so little that passes last for 2^39 turns of weight 1, 17 years of 1000 a
   * second.
   */
  private static final long ONE = 1L << 24;

  private final Map<Priority, Lane<T>> lanes = new EnumMap<>(Priority.class);

  /** The pass of the lane that was served last: where those begin who come to wait. */
  private long now;

  FairQueue(Map<Priority, Integer> weights) {
    for (Priority priority : Priority.values()) {
      lanes.put(priority, new Lane<>(ONE / weights.getOrDefault(priority, 1)));
    }
  }

  private static final class Lane<T> {
    private final long stride;
    private final Deque<T> waiting = new ArrayDeque<>();
    private long pass;

    Lane(long stride) {
      this.stride = stride;
    }
  }

  private Lane<T> lane(Priority priority) {
    Lane<T> lane = lanes.get(priority);
    if (lane == null) {
      throw new IllegalArgumentException("no lane for " + priority);
    }
    return lane;
  }

  /** Joins the end of its priority's queue. */
  void add(Priority priority, T one) {
    Lane<T> lane = lane(priority);
    if (lane.waiting.isEmpty()) {
      lane.pass = Math.max(lane.pass, now);
    }
    lane.waiting.addLast(one);
  }

  /** Leaves the queue unserved; false if it was not in it. */
  boolean remove(Priority priority, T one) {
    return lane(priority).waiting.remove(one);
  }

  /** Takes whose turn it is; null if none waits. */
  @Nullable T next() {
    Lane<T> first = null;
    for (Lane<T> lane : lanes.values()) { // high first, which decides where passes are equal
      if (!lane.waiting.isEmpty() && (first == null || lane.pass < first.pass)) {
        first = lane;
      }
    }
    if (first == null) {
      return null;
    }
    now = Math.max(now, first.pass);
    first.pass += first.stride;
    return first.waiting.pollFirst();
  }

  /** Gives a priority back what one turn cost that it made no use of. */
  void refund(Priority priority) {
    Lane<T> lane = lane(priority);
    lane.pass -= lane.stride;
  }

  /** Returns how many wait. */
  int size() {
    return lanes.values().stream().mapToInt(lane -> lane.waiting.size()).sum();
  }
}
