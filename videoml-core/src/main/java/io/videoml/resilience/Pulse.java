package io.videoml.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When each layer of one connection last gave a sign of life. Time that is not spent waiting for
 * the source does not count.
 *
 * <p>All times are of one monotonic clock, in nanoseconds. Threading: safe.
 */
final class Pulse {
  private final Liveness limits;
  private boolean waiting;
  private boolean anyFrame;
  private long pausedNanos;
  private long awayNanos;
  private long startNanos;
  private long bytesNanos;
  private long framesNanos;
  private long bytes;
  private long passedOver;

  Pulse(Liveness limits) {
    this.limits = limits;
  }

  /** Begins to connect. */
  synchronized void connecting(long now) {
    waiting = true;
    anyFrame = false;
    startNanos = now;
    bytesNanos = now;
    framesNanos = now;
    bytes = 0;
    passedOver = 0;
  }

  /** Notes that a frame came; what follows is not waiting. */
  synchronized void frame(long now) {
    anyFrame = true;
    bytesNanos = now;
    framesNanos = now;
    pause(now);
  }

  /** Stops counting: somebody else is at work. */
  synchronized void pause(long now) {
    if (waiting) { // else it would forget how long it has been away
      waiting = false;
      pausedNanos = now;
    }
  }

  /** Waits for the source again. */
  synchronized void resume(long now) {
    if (!waiting) {
      waiting = true;
      long away = now - pausedNanos;
      awayNanos += away;
      startNanos += away;
      bytesNanos += away;
      framesNanos += away;
    }
  }

  /** Returns, while paused, a clock that stands still whenever nobody waits for the source. */
  synchronized long waitedNanos() {
    return pausedNanos - awayNanos;
  }

  /**
   * Returns what has been silent for too long, in words; empty while all is well.
   *
   * @param received bytes of the connection so far; empty where it is not open or cannot tell
   * @param passed frames that were passed over so far, in all connections
   * @param all whether every frame is demanded
   */
  synchronized Optional<String> silence(long now, OptionalLong received, long passed, boolean all) {
    if (!waiting) {
      return Optional.empty();
    }
    if (received.isEmpty() || received.getAsLong() != bytes) {
      bytes = received.orElse(0);
      bytesNanos = now;
    }
    if (passed != passedOver) {
      passedOver = passed;
      framesNanos = now;
    }
    if (!anyFrame) {
      return late(now, startNanos, limits.firstFrame())
          ? Optional.of("no first frame came within " + millis(limits.firstFrame()))
          : Optional.empty();
    }
    if (late(now, bytesNanos, limits.bytes())) {
      return Optional.of("no data came for " + millis(limits.bytes()));
    }
    Duration frames = all ? limits.frames() : limits.keyFrames();
    if (late(now, framesNanos, frames)) {
      return Optional.of("no " + (all ? "" : "key ") + "frame came for " + millis(frames));
    }
    return Optional.empty();
  }

  private static boolean late(long now, long since, Duration limit) {
    return now - since >= limit.toNanos();
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}
