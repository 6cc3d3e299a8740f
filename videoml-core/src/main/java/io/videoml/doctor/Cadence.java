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

  /** Returns frames per second of media time, or what the stream says of itself. */
  OptionalDouble rate(StreamInfo stream) {
    return mediaNanos > 0
        ? OptionalDouble.of(Math.round(1e12 * intervals.size() / mediaNanos) / 1e3)
        : stream.frameRate();
  }

  /** Returns how many frames the gaps would hold, where the pace is steady enough to tell. */
  long missing(StreamInfo stream) {
    double typical = intervals.percentile(50);
    double nominal = 1e9 / stream.frameRate().orElse(Double.POSITIVE_INFINITY);
    if (alike(nominal, typical)) {
      typical = nominal; // without the jitter of a live stream
    }
    if (typical <= 0) {
      return 0;
    }
    int alike = 0;
    long gaps = 0;
    for (int i = 0; i < intervals.size(); i++) {
      double interval = (double) intervals.get(i);
      double times = interval / typical;
      if (alike(interval, typical)) {
        alike++;
      } else if (times > 1.5) {
        gaps += Math.round(times) - 1;
      }
    }
    // What jitter takes from one interval it gives to another, so the whole bounds the parts.
    long fewer = Math.round(mediaNanos / typical) - intervals.size();
    return alike >= STEADY * intervals.size() ? Math.max(0, Math.min(gaps, fewer)) : 0;
  }

  private static boolean alike(double interval, double typical) {
    return interval > 0.75 * typical && interval < 1.25 * typical;
  }

  /** Returns how much later frames came at the end than at the start, against media time. */
  Duration behind() {
    int part = Math.max(1, lag.size() / 5);
    long atStart = lag.percentile(0, Math.min(part, lag.size()), 50);
    long atEnd = lag.percentile(Math.max(0, lag.size() - part), lag.size(), 50);
    return Duration.ofNanos(atEnd - atStart);
  }
}
