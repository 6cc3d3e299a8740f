package io.videoml.doctor;

import static java.util.Objects.requireNonNull;

import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream for a bounded time, and measures it. Connects to a camera again when it is lost,
 * but not where it cannot be connected to at all.
 *
 * <p>Threading: one thread runs it, once; any other may stop it.
 */
public final class StreamCheckup {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  private static final Resilience CAMERA =
      Resilience.defaults()
          .with(ReconnectPolicy.defaults().failingAtFirst())
          .with(
              Liveness.defaults()
                  .bytesWithin(Duration.ofSeconds(3))
                  .framesWithin(Duration.ofSeconds(4))
                  .firstFrameWithin(Duration.ofSeconds(12)));

  private final FrameSource source;
  private final Duration duration;
  private final StreamGauge gauge = new StreamGauge();
  private @Nullable ResilientReader reader; // guarded by this, as is what follows
  private boolean started;
  private boolean over;

  private StreamCheckup(FrameSource source, Duration duration) {
    this.source = source;
    this.duration = duration;
  }

  /**
   * Returns a checkup of a source; opens nothing.
   *
   * @param duration how long to read from the first frame on, positive and at most a day; a file
   *     that ends before is done before
   */
  public static StreamCheckup of(FrameSource source, Duration duration) {
    if (requireNonNull(duration, "duration").isNegative()
        || duration.isZero()
        || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "the duration must be positive and at most a day, was " + duration);
    }
    return new StreamCheckup(requireNonNull(source, "source"), duration);
  }

  /**
   * Connects, reads, and returns what was measured; what fails is part of it. Takes the duration,
   * and up to 20 seconds to connect.
   *
   * @throws IllegalStateException if it ran before
   */
  public StreamReport run() {
    ResilientReader opened = start();
    Thread clock = new Thread(this::endInTime, "videoml-" + source.id() + "-checkup");
    clock.setDaemon(true);
    clock.start();
    try (opened) {
      while (!isOver() && opened.tryAdvance(frame -> {})) {
        // what there is to do with a frame is done
      }
    } catch (SourceException e) {
      if (e.kind() != Kind.CLOSED && (gauge.firstFrame() == 0 || !source.endless())) {
        gauge.lost(e); // losses of an open camera are noted already
      }
    } finally {
      stop();
    }
    return gauge.report(source, opened.bytesReceived());
  }

  /** Ends it early; what was measured so far is the result. */
  public void stop() {
    ResilientReader open;
    synchronized (this) {
      over = true;
      open = reader;
      notifyAll();
    }
    if (open != null) {
      open.close();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized ResilientReader start() {
    if (started) {
      throw new IllegalStateException("a checkup runs once; make another of " + source.id());
    }
    started = true;
    gauge.begin();
    Resilience survival = source.endless() ? CAMERA : Resilience.none();
    ResilientReader opened =
        survival.reader(new GaugedSource(source, gauge), Optional.empty(), DecodeDemand.ALL, gauge);
    reader = opened;
    return opened;
  }

  /** Waits until it is time to end, and ends it: a read may wait for a frame that never comes. */
  private void endInTime() {
    long begin = System.nanoTime();
    try {
      synchronized (this) {
        while (!over) {
          long first = gauge.firstFrame();
          long end = first == 0 ? begin + CONNECT_LIMIT.toNanos() : first + duration.toNanos();
          long left = end - System.nanoTime();
          if (left <= 0) {
            break;
          }
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, 50_000_000));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }
}
