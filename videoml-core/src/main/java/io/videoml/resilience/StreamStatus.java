package io.videoml.resilience;

import static java.util.Objects.requireNonNull;

import io.videoml.source.SourceException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is doing: its state, and what came before.
 *
 * <p>Threading: immutable.
 */
public final class StreamStatus implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StreamState state;
  private final Instant since;
  private final long connects;
  private final int attempts;
  private final @Nullable Problem lastProblem;
  private final @Nullable Instant lastFrame;

  /**
   * @param state what it is doing
   * @param since when that began
   * @param connects how many times it was connected, reconnects included
   * @param attempts failures in a row since it was last healthy
   * @param lastProblem what went wrong last, even if all is well since
   * @param lastFrame when the last frame came
   */
  public StreamStatus(
      StreamState state,
      Instant since,
      long connects,
      int attempts,
      Optional<Problem> lastProblem,
      Optional<Instant> lastFrame) {
    this.state = requireNonNull(state, "state");
    this.since = requireNonNull(since, "since");
    this.connects = connects;
    this.attempts = attempts;
    this.lastProblem = lastProblem.orElse(null);
    this.lastFrame = lastFrame.orElse(null);
  }

  /**
   * What went wrong.
   *
   * @param kind its class, which says how it is dealt with
   * @param message in words, without credentials
   * @param at when
   */
  public record Problem(SourceException.Kind kind, String message, Instant at)
      implements Serializable {
    public Problem {
      requireNonNull(kind, "kind");
      requireNonNull(message, "message");
      requireNonNull(at, "at");
    }

    static Problem of(SourceException failure, Instant at) {
      return new Problem(failure.kind(), String.valueOf(failure.getMessage()), at);
    }
  }

  /** Returns what it is doing. */
  public StreamState state() {
    return state;
  }

  /** Returns when that began. */
  public Instant since() {
    return since;
  }

  /** Returns how many times it was connected, reconnects included. */
  public long connects() {
    return connects;
  }

  /** Returns how many failures came in a row since it was last healthy. */
  public int attempts() {
    return attempts;
  }

  /** Returns what went wrong last, even if all is well since. */
  public Optional<Problem> lastProblem() {
    return Optional.ofNullable(lastProblem);
  }

  /** Returns when the last frame came. */
  public Optional<Instant> lastFrame() {
    return Optional.ofNullable(lastFrame);
  }

  @Override
  public String toString() {
    return state.code()
        + " since "
        + since
        + ", "
        + connects
        + " connects, "
        + attempts
        + " failures in a row"
        + (lastProblem == null ? "" : ", last: " + lastProblem.message());
  }
}
