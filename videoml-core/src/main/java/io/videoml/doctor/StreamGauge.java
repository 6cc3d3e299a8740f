package io.videoml.doctor;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.resilience.StreamObserver;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures a stream by the frames that come.
 *
 * <p>Threading: one thread, but for {@link #firstFrame}, and for losses, which the one that finds
 * the stream dead may tell of.
 */
final class StreamGauge implements StreamObserver {
  private final Cadence cadence = new Cadence();
  private final Pixels pixels = new Pixels();
  private final ProcessMemory memory = new ProcessMemory();
  private final Series toReader = new Series();
  private final List<StreamReport.Loss> losses = new ArrayList<>(); // guarded by this
  private StreamInfo stream = StreamInfo.UNKNOWN;
  private long startNanos = System.nanoTime();
  private volatile long firstFrameNanos;
  private long read;
  private long corrupt;
  private long keyFrames;
  private long decodeNanos;
  private @Nullable Capture capture;

  /** Returns when the first frame came, nanoseconds; 0 if none did. */
  long firstFrame() {
    return firstFrameNanos;
  }

  /** Says that it begins to connect. */
  void begin() {
    startNanos = System.nanoTime();
  }

  void opened() {
    cadence.reopened();
  }

  void frame(Frame frame) {
    long now = System.nanoTime();
    FrameInfo info = frame.info();
    if (read++ == 0) {
      firstFrameNanos = now;
    }
    corrupt += info.corrupt() ? 1 : 0;
    keyFrames += info.keyFrame() ? 1 : 0;
    decodeNanos += info.decodeNanos();
    toReader.add(Math.max(0, now - info.time().arrivalNanos()));
    cadence.frame(info);
    pixels.frame(frame);
    memory.look(now);
    noticeClock(info.time(), now);
    recovered();
  }

  private void noticeClock(FrameTime time, long now) {
    CaptureClock clock = time.capturedFrom();
    if (clock != CaptureClock.RTCP_SENDER && clock != CaptureClock.KVS_PRODUCER) {
      return;
    }
    Instant arrived = Instant.now().minusNanos(now - time.arrivalNanos());
    long ahead = Duration.between(time.captured(), arrived).toMillis();
    if (capture == null) {
      capture = new Capture(clock, ahead);
    }
    capture.step = Math.max(capture.step, Math.abs(ahead - capture.last));
    capture.last = ahead;
    capture.smallest = Math.min(capture.smallest, ahead);
    capture.largest = Math.max(capture.largest, ahead);
  }

  private synchronized void recovered() {
    int last = losses.size() - 1;
    if (last >= 0 && !losses.get(last).recovered()) {
      StreamReport.Loss loss = losses.get(last);
      losses.set(last, new StreamReport.Loss(loss.kind(), loss.message(), loss.at(), true));
    }
  }

  @Override
  public void onDisconnected(SourceException why) {
    lost(why);
  }

  /** Notes a failure, once: what ends an open stream for good is also what it was lost by. */
  synchronized void lost(SourceException why) {
    String message = String.valueOf(why.getMessage());
    int last = losses.size() - 1;
    if (last >= 0 && !losses.get(last).recovered() && losses.get(last).message().equals(message)) {
      return;
    }
    Duration at = Duration.ofNanos(System.nanoTime() - startNanos);
    losses.add(new StreamReport.Loss(why.kind(), message, at, false));
  }

  /** Notes what is known of the stream, while it is open. */
  void stream(StreamInfo info) {
    stream = info;
  }

  synchronized StreamReport report(FrameSource source, OptionalLong bytes) {
    boolean connected = read > 0;
    Duration media = cadence.media();
    return new StreamReport(
        source.id(),
        source.live(),
        stream,
        losses,
        new StreamReport.Frames(
            read, corrupt, cadence.missing(stream), keyFrames, cadence.gop(), bytes),
        new StreamReport.Timing(
            connected
                ? Optional.of(Duration.ofNanos(firstFrameNanos - startNanos))
                : Optional.empty(),
            cadence.wall(),
            media,
            cadence.rate(stream),
            cadence.gop().isPresent() ? Optional.of(cadence.keyFrameInterval()) : Optional.empty(),
            Duration.ofNanos(toReader.percentile(95)),
            Duration.ofNanos(decodeNanos),
            source.live() ? cadence.behind() : Duration.ZERO,
            cadence.jumps()),
        Optional.ofNullable(capture).map(Capture::report),
        pixels.report(),
        memory.report());
  }

  /** The camera's clock against ours, milliseconds. */
  private static final class Capture {
    private final CaptureClock clock;
    private final long first;
    private long last;
    private long smallest;
    private long largest;
    private long step;

    Capture(CaptureClock clock, long first) {
      this.clock = clock;
      this.first = first;
      this.last = first;
      this.smallest = first;
      this.largest = first;
    }

    StreamReport.Capture report() {
      return new StreamReport.Capture(
          clock,
          Duration.ofMillis(first),
          Duration.ofMillis(last),
          Duration.ofMillis(smallest),
          Duration.ofMillis(largest),
          Duration.ofMillis(step));
    }
  }
}
