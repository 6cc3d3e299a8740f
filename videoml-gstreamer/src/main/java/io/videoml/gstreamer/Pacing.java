package io.videoml.gstreamer;

/**
 * Decides how far the decoder of a stream that waits for its reader is fed ahead: as little as
 * gives pictures, so that a change of demand takes effect soon. How many that is depends on the
 * codec and is learnt.
 *
 * <p>Threading: the thread that owns the stream, but for {@link #hungry} and {@link #fed}.
 */
final class Pacing {
  private static final int MAX_AHEAD = 64;
  private static final long STARVING_NANOS = 5_000_000;
  private static final long STARVING_FOR_KEYS_NANOS = 20_000_000;

  private volatile boolean hungry;
  private volatile long hungrySince;
  private int limit = 2;
  private long lastFed = System.nanoTime();

  /** Notes that the reader waits for a picture. */
  void hungry() {
    hungrySince = System.nanoTime();
    hungry = true;
  }

  /** Notes that the reader has what it waited for. */
  void sated() {
    hungry = false;
  }

  /** Returns whether the decoder may get the next coded picture now. */
  boolean mayFeed(long waiting, int inFlight, boolean keysOnly) {
    if (waiting > 0) {
      return false;
    }
    if (inFlight < limit) {
      return true;
    }
    long now = System.nanoTime();
    long patience = keysOnly ? STARVING_FOR_KEYS_NANOS : STARVING_NANOS;
    if (hungry && now - hungrySince > patience && now - lastFed > patience) {
      limit = Math.min(limit + 1, MAX_AHEAD);
      return inFlight < MAX_AHEAD;
    }
    return false;
  }

  void fed() {
    lastFed = System.nanoTime();
  }
}
