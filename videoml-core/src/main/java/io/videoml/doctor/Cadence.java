package io.videoml.doctor;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How frames follow each other: in media time, and against the clock. Sees the connection's own
 * times, before anything evens them out.
 *
 * <p>Threading: one thread.
 */
final class Cadence {
  private static final long JUMP_NANOS = Duration.ofSeconds(10).toNanos();

  /** Share of the intervals that must be alike for a longer one to be a gap. */
  private static final double STEADY = 0.7;

  private final Series intervals = new Series();
  private final Series gops = new Series();
  private final Series gopNanos = new Series();
  private final Series lag = new Series();
  private long mediaNanos;
  private long wallNanos;
  private int jumps;
  private boolean any;
  private long lastPts;
  private long lastArrival;
  private long originLag;
  private long lastKeyIndex = -1;
  private long lastKeyPts;

  /** Begins anew, with the frames of another connection. */
  void reopened() {
    any = false;
    lastKeyIndex = -1;
  }

  void frame(FrameInfo info) {
    FrameTime time = info.time();
    long pts = time.pts().toNanos();
    long arrival = time.arrivalNanos();
    boolean jumped = any && jumps(pts - lastPts, arrival - lastArrival);
    if (jumped) {
      jumps++;
      lastKeyIndex = -1;
    }
    if (!any || jumped) {
      lag.clear();
      originLag = arrival - pts;
    } else {
      intervals.add(pts - lastPts);
      mediaNanos += pts - lastPts;
      wallNanos += Math.max(0, arrival - lastArrival);
    }
    any = true;
    lag.add(arrival - pts - originLag);
    lastPts = pts;
    lastArrival = arrival;
    if (info.keyFrame()) {
      if (lastKeyIndex >= 0) {
        gops.add(info.index() - lastKeyIndex);
        gopNanos.add(pts - lastKeyPts);
      }
      lastKeyIndex = info.index();
      lastKeyPts = pts;
    }
  }

  private static boolean jumps(long media, long clock) {
    return media < 0 || media - Math.max(0, clock) > JUMP_NANOS;
  }

  int jumps() {
    return jumps;
  }

  Duration media() {
    return Duration.ofNanos(mediaNanos);
  }

  Duration wall() {
    return Duration.ofNanos(wallNanos);
  }

  OptionalLong gop() {
    return gops.size() == 0 ? OptionalLong.empty() : OptionalLong.of(gops.percentile(50));
  }

  Duration keyFrameInterval() {
    return Duration.ofNanos(gopNanos.percentile(50));
  }

  /** Returns frames per second, as most follow each other, or as the stream says of itself. */
  OptionalDouble rate(StreamInfo stream) {
    long typical = intervals.percentile(50);
    return typical > 0 ? OptionalDouble.of(round(1e9 / typical)) : stream.frameRate();
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Returns how many frames the gaps would hold, where the pace is steady enough to tell. */
  long missing() {
    long typical = intervals.percentile(50);
    if (typical <= 0) {
      return 0;
    }
    int alike = 0;
    long missing = 0;
    for (int i = 0; i < intervals.size(); i++) {
      double times = (double) intervals.get(i) / typical;
      if (times > 0.75 && times < 1.25) {
        alike++;
      } else if (times > 1.5) {
        missing += Math.round(times) - 1;
      }
    }
    return alike >= STEADY * intervals.size() ? missing : 0;
  }

  /** Returns how much later frames came at the end than at the start, against media time. */
  Duration behind() {
    int part = Math.max(1, lag.size() / 5);
    long atStart = lag.percentile(0, Math.min(part, lag.size()), 50);
    long atEnd = lag.percentile(Math.max(0, lag.size() - part), lag.size(), 50);
    return Duration.ofNanos(atEnd - atStart);
  }
}
