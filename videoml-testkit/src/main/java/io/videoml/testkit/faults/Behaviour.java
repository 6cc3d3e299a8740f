package io.videoml.testkit.faults;

import static java.util.Objects.requireNonNull;

import io.videoml.source.SourceException.Kind;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a camera in memory does in one connection. Frames are counted from 0 in each connection,
 * those that are passed over included. Of two ways to refuse, or two ways to end, the last one said
 * holds; everything else adds up.
 *
 * <p>Threading: immutable.
 */
public final class Behaviour implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Behaviour HEALTHY = new Behaviour();
  static final long NEVER = Long.MAX_VALUE;

  /** What happens in place of a frame. */
  enum End {
    NONE,
    FAILURE,
    UNEXPECTED_EXCEPTION,
    END_OF_STREAM,
    SILENCE,
    SILENCE_WITH_DATA
  }

  @Nullable Kind refusal;
  boolean hangsInOpen;
  Duration openTime = Duration.ZERO;
  End end = End.NONE;
  long endAt = NEVER;
  Kind failure = Kind.NETWORK;
  long frozenFrom = NEVER;
  long corruptFrom = NEVER;
  long corruptUntil = NEVER;
  boolean joinsMidGop;
  long resizedFrom = NEVER;
  int width;
  int height;
  String codec = "h264";
  long clockJumpsAt = NEVER;
  Duration mediaJump = Duration.ZERO;
  Duration captureJump = Duration.ZERO;
  Duration extraTime = Duration.ZERO;

  private Behaviour() {}

  /** Returns the behaviour of a camera that is well. */
  public static Behaviour healthy() {
    return HEALTHY;
  }

  /** Fails to open, with this kind. */
  public Behaviour refuse(Kind kind) {
    requireNonNull(kind, "kind");
    return with(
        to -> {
          to.refusal = kind;
          to.hangsInOpen = false;
        });
  }

  /** Never finishes opening, until the thread is interrupted. */
  public Behaviour hangInOpen() {
    return with(
        to -> {
          to.refusal = null;
          to.hangsInOpen = true;
        });
  }

  /** Takes its time to open, or to refuse; an interrupt ends it. */
  public Behaviour openSlowly(Duration time) {
    requireNonNull(time, "time");
    return with(to -> to.openTime = time);
  }

  /** Fails in place of a frame, with this kind. */
  public Behaviour failAt(long frame, Kind kind) {
    requireNonNull(kind, "kind");
    return ending(frame, End.FAILURE).with(to -> to.failure = kind);
  }

  /** Throws an exception that no source should, in place of a frame. */
  public Behaviour throwAt(long frame) {
    return ending(frame, End.UNEXPECTED_EXCEPTION);
  }

  /** Ends before a frame, as the server's stream does that stops. */
  public Behaviour endAt(long frame) {
    return ending(frame, End.END_OF_STREAM);
  }

  /** Falls silent in place of a frame: no frame and no data, until it is closed. */
  public Behaviour silentAt(long frame) {
    return ending(frame, End.SILENCE);
  }

  /** Sends data, but none that makes a frame, in place of a frame, until it is closed. */
  public Behaviour framelessAt(long frame) {
    return ending(frame, End.SILENCE_WITH_DATA);
  }

  /** Shows one and the same picture from this frame on. */
  public Behaviour freezeAt(long frame) {
    notNegative(frame);
    return with(to -> to.frozenFrom = frame);
  }

  /** Delivers frames that are marked as corrupt. */
  public Behaviour corrupt(long from, long until) {
    notNegative(from);
    return with(
        to -> {
          to.corruptFrom = from;
          to.corruptUntil = until;
        });
  }

  /** Starts in the middle of a group of pictures: corrupt up to the first key frame. */
  public Behaviour joinMidGop() {
    return with(to -> to.joinsMidGop = true);
  }

  /** Has another size from this frame on; 0 for the whole connection. */
  public Behaviour resizeAt(long frame, int newWidth, int newHeight) {
    notNegative(frame);
    if (newWidth < 1 || newHeight < 1) {
      throw new IllegalArgumentException(
          "a size must be positive, was " + newWidth + "x" + newHeight);
    }
    return with(
        to -> {
          to.resizedFrom = frame;
          to.width = newWidth;
          to.height = newHeight;
        });
  }

  /** Says that its frames are of this codec. Default: {@code "h264"}. */
  public Behaviour codec(String name) {
    requireNonNull(name, "name");
    return with(to -> to.codec = name);
  }

  /**
   * Sets its clock at this frame: media time and capture time jump. Media time that would be
   * negative starts again from zero.
   */
  public Behaviour jumpClockAt(long frame, Duration by) {
    return jumpMediaTimeAt(frame, by).with(to -> to.captureJump = by);
  }

  /** As {@link #jumpClockAt}, of media time alone. */
  public Behaviour jumpMediaTimeAt(long frame, Duration by) {
    notNegative(frame);
    requireNonNull(by, "by");
    return with(
        to -> {
          to.clockJumpsAt = frame;
          to.mediaJump = by;
          to.captureJump = Duration.ZERO;
        });
  }

  /** Takes so much longer for every frame. */
  public Behaviour slowBy(Duration time) {
    requireNonNull(time, "time");
    return with(to -> to.extraTime = time);
  }

  private Behaviour ending(long frame, End how) {
    notNegative(frame);
    return with(
        to -> {
          to.endAt = frame;
          to.end = how;
        });
  }

  private static void notNegative(long frame) {
    if (frame < 0) {
      throw new IllegalArgumentException("frames are counted from 0, was " + frame);
    }
  }

  private Behaviour with(Consumer<Behaviour> change) {
    Behaviour copy = new Behaviour();
    copy.refusal = refusal;
    copy.hangsInOpen = hangsInOpen;
    copy.openTime = openTime;
    copy.end = end;
    copy.endAt = endAt;
    copy.failure = failure;
    copy.frozenFrom = frozenFrom;
    copy.corruptFrom = corruptFrom;
    copy.corruptUntil = corruptUntil;
    copy.joinsMidGop = joinsMidGop;
    copy.resizedFrom = resizedFrom;
    copy.width = width;
    copy.height = height;
    copy.codec = codec;
    copy.clockJumpsAt = clockJumpsAt;
    copy.mediaJump = mediaJump;
    copy.captureJump = captureJump;
    copy.extraTime = extraTime;
    change.accept(copy);
    return copy;
  }
}
