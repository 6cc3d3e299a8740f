package io.videoml.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends a blocking call of FFmpeg's when its time is up, its reader is closed or its thread is
 * interrupted; FFmpeg asks every 100 ms.
 */
final class Interrupt implements AutoCloseable {
  private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong IDS = new AtomicLong();
  // One for the process: JavaCPP compiles a fixed number of native entry points for each callback
  // class.
  private static final Callback CALLBACK = new Callback();

  private static final long FAREWELL_NANOS = 200_000_000;

  private final long id = IDS.incrementAndGet();
  private volatile boolean cancelled;
  private volatile long started;
  private volatile long deadline;
  private volatile boolean limited;
  private volatile boolean expired;
  private volatile boolean leaving;

  Interrupt() {
    OPEN.put(id, this);
  }

  void watch(AVFormatContext context) {
    AVIOInterruptCB callback = context.interrupt_callback();
    callback.callback(CALLBACK);
    callback.opaque(new Id(id));
  }

  /** Allows the following calls this much time, all together; zero for no limit. */
  void allow(Duration time) {
    expired = false;
    limited = !time.isZero();
    started = System.nanoTime();
    deadline = started + time.toNanos();
  }

  /** Returns the time since {@link #allow}. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Ends the call in progress and every later one. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Returns whether a call was ended because its time was up. */
  boolean expired() {
    return expired;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }

  /** Lets FFmpeg take leave of its server, which holds the session otherwise; not for long. */
  void allowFarewell() {
    deadline = System.nanoTime() + FAREWELL_NANOS;
    leaving = true;
  }

  /** Returns whether a call must end now. */
  boolean stop() {
    if (leaving) {
      return System.nanoTime() - deadline > 0;
    }
    if (limited && System.nanoTime() - deadline > 0) {
      expired = true;
    }
    if (Thread.currentThread().isInterrupted()) {
      cancelled = true;
    }
    return cancelled || expired;
  }

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      Interrupt interrupt = OPEN.get(opaque.address());
      return interrupt == null || interrupt.stop() ? 1 : 0;
    }
  }
}
