package io.videoml.resilience;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.io.Serializable;
import java.util.Optional;

/**
 * How a stream is kept alive, whatever its source: reconnecting with backoff, liveness by layers,
 * and turns at connecting. Pipelines apply {@link #defaultFor} to their source.
 *
 * <p>Threading: immutable.
 *
 * @param reconnect when a lost stream is tried again
 * @param liveness how long an endless stream may be silent
 * @param limits how many streams may connect at once
 */
public record Resilience(ReconnectPolicy reconnect, Liveness liveness, ConnectLimits limits)
    implements Serializable {
  private static final Resilience DEFAULTS =
      new Resilience(ReconnectPolicy.defaults(), Liveness.defaults(), ConnectLimits.defaults());
  private static final Resilience NONE = DEFAULTS.with(ReconnectPolicy.never());

  public Resilience {
    requireNonNull(reconnect, "reconnect");
    requireNonNull(liveness, "liveness");
    requireNonNull(limits, "limits");
  }

  /** Returns the defaults of all three. */
  public static Resilience defaults() {
    return DEFAULTS;
  }

  /** Returns what never tries again, but still notices a dead stream. */
  public static Resilience none() {
    return NONE;
  }

  /** Returns {@link #defaults()} for what should not end, {@link #none()} for what may. */
  public static Resilience defaultFor(FrameSource source) {
    return source.endless() ? DEFAULTS : NONE;
  }

  /** Returns this with another policy of reconnecting. */
  public Resilience with(ReconnectPolicy policy) {
    return new Resilience(policy, liveness, limits);
  }

  /** Returns this with other limits of silence. */
  public Resilience with(Liveness limitsOfSilence) {
    return new Resilience(reconnect, limitsOfSilence, limits);
  }

  /** Returns this with other limits of connecting. */
  public Resilience with(ConnectLimits connecting) {
    return new Resilience(reconnect, liveness, connecting);
  }

  /**
   * Returns a reader that keeps the source alive. Connects at the first {@link
   * FrameReader#tryAdvance}, which also waits for turns and between attempts, and throws only what
   * the policy gives up on. Media time goes on over reconnects, by the time that passed, and
   * indices are counted on; sources that can resume go on where they were.
   *
   * @param from as {@link FrameSource#open} takes it
   * @param observer is told what becomes of the stream
   */
  public ResilientReader reader(
      FrameSource source,
      Optional<ResumePosition> from,
      DecodeDemand demand,
      StreamObserver observer) {
    requireNonNull(source, "source");
    requireNonNull(from, "from");
    requireNonNull(demand, "demand");
    requireNonNull(observer, "observer");
    return new SurvivingReader(this, source, from, demand, observer);
  }

  /** Returns a reader of the source from its start, or now if live, for every frame. */
  public ResilientReader reader(FrameSource source) {
    return reader(source, Optional.empty(), DecodeDemand.ALL, StreamObserver.NONE);
  }
}
