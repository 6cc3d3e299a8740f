package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.jspecify.annotations.Nullable;

/**
 * Follows a stream's groups of pictures, each from one key frame to the next, and says whether they
 * allow sleep.
 */
final class Gops {
  private static final int ENOUGH = 3;
  private static final int PROOF = 2;

  private final SleepSettings settings;
  private final TimeBase base;
  private boolean started;
  private long startTicks;
  private long bytes;
  private long keyBytes;
  private int frames;
  private int singles;
  private int wholeKeyFrames; // in a row
  private int blindKeyFrames; // in a row
  private @Nullable String passing;
  private @Nullable String before;

  Gops(SleepSettings settings, TimeBase base) {
    this.settings = settings;
    this.base = base;
  }

  /** Counts the next packet of the stream. */
  void add(boolean key, long ticks, int size) {
    if (ticks == AV_NOPTS_VALUE) {
      passing = "it has packets without timestamps"; // until a whole group has them
      return;
    }
    if (key || (!started && frames == 0)) {
      begin(key, ticks);
      keyBytes = size;
    }
    frames++;
    bytes += size;
    if (tooLong(ticks)) {
      passing = "it has no key frame within " + settings.longestGroup().toMillis() + " ms";
    } else if (bytes * settings.everyNthKeyFrame() + keyBytes > settings.maxBytes()) {
      passing = "its groups of pictures take more than " + settings.maxBytes() + " bytes";
    }
  }

  /** Returns whether a packet is too late for the group that goes on. */
  boolean tooLong(long ticks) {
    return ticks > startTicks && base.nanos(ticks - startTicks) > settings.longestGroup().toNanos();
  }

  /** Begins afresh: the packets from the last key frame on come again, or the stream goes on. */
  void restart() {
    started = false;
    frames = 0;
    bytes = 0;
  }

  /** Notes whether what the container calls a key frame is whole by itself. */
  void sawKeyFrame(boolean whole) {
    wholeKeyFrames = whole ? wholeKeyFrames + 1 : 0;
    blindKeyFrames = whole ? 0 : blindKeyFrames + 1;
  }

  /** Returns whether a group has been seen from its start, and nothing is in the way. */
  boolean allowSleep() {
    return started && wholeKeyFrames >= PROOF && obstacle() == null;
  }

  /** Returns what is in the way of sleep; null for nothing that is known. */
  @Nullable String obstacle() {
    if (blindKeyFrames >= ENOUGH) {
      return "its key frames cannot be decoded by themselves";
    }
    return passing != null ? passing : before; // else a long group would allow it at its start
  }

  private void begin(boolean key, long ticks) {
    singles = key && started && frames == 1 ? singles + 1 : 0;
    boolean intraOnly = singles >= ENOUGH && settings.everyNthKeyFrame() == 1;
    before = passing;
    passing = intraOnly ? "each of its frames is a key frame" : null;
    started = key;
    startTicks = ticks;
    frames = 0;
    bytes = 0;
  }
}
