package io.videoml.gstreamer;

import com.sun.jna.Pointer;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of decoded samples.
 *
 * <p>Threading: the thread that reads.
 */
final class FrameMaker implements AutoCloseable {
  private static final int PTS = 72; // in GstBuffer
  private static final int FLAG_CORRUPTED = 1 << 8;
  private static final long MAX_STEP_NANOS = 60_000_000_000L;

  private final boolean live;
  private final MediaClock clock;
  private final UnitLog log;
  private long caps;
  private @Nullable Layout layout;
  private @Nullable Instant anchor;
  private long decodeNanos;
  private long lastArrival = Long.MIN_VALUE;

  FrameMaker(boolean live, UnitLog log) {
    this.live = live;
    this.log = log;
    this.clock = new MediaClock(live ? MAX_STEP_NANOS : Long.MAX_VALUE);
  }

  /** Sets how long a frame lasts where it has no timestamp. */
  void frameRate(double hertz) {
    clock.frameRate(hertz);
  }

  /**
   * Copies a sample, which stays the caller's, into a frame that the caller closes.
   *
   * @param keysOnly whether other frames than key frames count as passed over
   * @param waited whether it came out just now, so that the time of decoding is known
   * @return null where nobody demands it, or it is of no use
   */
  @Nullable PooledFrame take(long sample, boolean keysOnly, boolean waited) {
    long buffer = Gst.gst_sample_get_buffer(sample);
    Layout current = layoutOf(sample);
    if (buffer == 0 || current == null) {
      return null;
    }
    long pts = new Pointer(buffer).getLong(PTS);
    Unit unit = log.settle(pts);
    boolean key = unit != null && unit.key();
    boolean wanted = key || !keysOnly;
    long index = log.place(wanted);
    long nanos = clock.at(pts);
    Layout exact = current.in(buffer);
    long size = Gst.gst_buffer_get_size(buffer);
    if (!wanted || !exact.fits(size)) {
      return null;
    }
    boolean damaged = (Gst.gst_buffer_get_flags(buffer) & FLAG_CORRUPTED) != 0;
    // What is shown later cannot be had earlier, though reordered frames are sent so.
    long arrival = Math.max(unit == null ? System.nanoTime() : unit.arrivalNanos(), lastArrival);
    lastArrival = arrival;
    if (waited) {
      decodeNanos = Math.max(0, System.nanoTime() - arrival);
    }
    PixelBlock block = PixelPool.take((int) size);
    long copied = Gst.gst_buffer_extract(buffer, 0, block.address(), size);
    FrameInfo info =
        new FrameInfo(
            index,
            exact.width(),
            exact.height(),
            exact.format(),
            exact.colors(),
            time(nanos, arrival, unit),
            key,
            damaged || copied < size || (unit != null && unit.corrupt()),
            decodeNanos);
    return new PooledFrame(info, exact, block);
  }

  private @Nullable Layout layoutOf(long sample) {
    long current = Gst.gst_sample_get_caps(sample);
    if (current != caps && current != 0) {
      if (caps != 0) {
        Gst.gst_mini_object_unref(caps);
      }
      caps = Gst.gst_mini_object_ref(current); // held, so that the address stays its own
      layout = Layout.of(caps);
    }
    return layout;
  }

  private FrameTime time(long nanos, long arrival, @Nullable Unit unit) {
    Duration pts = Duration.ofNanos(nanos);
    if (unit != null && unit.captured() != null) {
      return new FrameTime(pts, unit.captured(), CaptureClock.RTCP_SENDER, arrival);
    }
    Instant arrived = Instant.now().minusNanos(System.nanoTime() - arrival);
    if (live) {
      return new FrameTime(pts, arrived, CaptureClock.ARRIVAL, arrival);
    }
    Instant start = anchor;
    if (start == null) {
      start = arrived.minusNanos(nanos);
      anchor = start;
    }
    return new FrameTime(pts, start.plusNanos(nanos), CaptureClock.PTS_ANCHORED, arrival);
  }

  @Override
  public void close() {
    if (caps != 0) {
      Gst.gst_mini_object_unref(caps);
      caps = 0;
    }
  }
}
