package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.OwnedFrame;
import io.videoml.frame.ResumePosition;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the frame handles that a fake source made, lent ones and shared ones, and those that were
 * closed. For sources of your own: {@link #entering}.
 *
 * <p>Threading: safe.
 */
public final class FrameLedger {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger closedAgain = new AtomicInteger();

  /** Returns how many handles were made. */
  public int handles() {
    return opened.get();
  }

  /** Returns how many of them are not closed. */
  public int open() {
    return opened.get() - closed.get();
  }

  /**
   * Returns how many times a handle was closed that was closed before: allowed, but a sign of
   * unclear ownership.
   */
  public int closedAgain() {
    return closedAgain.get();
  }

  /**
   * Returns a handle on the frame that this counts, as all that are shared from it.
   *
   * @param frame taken over: closing the handle closes it
   * @param position what the handle says of its position
   */
  public OwnedFrame entering(OwnedFrame frame, Optional<ResumePosition> position) {
    return new FakeFrame(
        requireNonNull(frame, "frame"), requireNonNull(position, "position"), this);
  }

  void opened() {
    opened.incrementAndGet();
  }

  void closed(boolean first) {
    (first ? closed : closedAgain).incrementAndGet();
  }
}
