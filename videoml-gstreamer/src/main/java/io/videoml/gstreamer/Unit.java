package io.videoml.gstreamer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One coded picture, as it came.
 *
 * @param number in the order of coming, from 0
 * @param pts nanoseconds, or {@link Gst#NO_TIME}
 * @param key whether it can be decoded without any other
 * @param corrupt whether it is damaged, or refers to what is
 * @param fate what became of it
 * @param arrivalNanos {@link System#nanoTime()} when it was whole
 * @param captured by the sender's clock, where the sender told
 */
record Unit(
    long number,
    long pts,
    boolean key,
    boolean corrupt,
    Fate fate,
    long arrivalNanos,
    @Nullable Instant captured) {

  /** What becomes of a picture. */
  enum Fate {
    /** The decoder got it. */
    FED,
    /** Nobody demanded it. */
    PASSED_OVER,
    /** The decoder was too slow for it. */
    LOST
  }
}
