package io.videoml.detect;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames of calls from several threads into one call. The first caller of a batch leads
 * it: waits for others, then detects for all; the others wait for the leader, whose use of their
 * frames is therefore within their own calls.
 */
final class BatchedDetector implements Detector {
  private final Detector detector;
  private final int most;
  private final long delayNanos;
  private final Object lock = new Object();
  private @Nullable Batch gathering; // guarded by lock

  BatchedDetector(Detector detector, int most, Duration delay) {
    if (most < 1) {
      throw new IllegalArgumentException("a batch needs at least one frame, was told " + most);
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, was " + delay);
    }
    this.detector = requireNonNull(detector, "detector");
    this.most = most;
    this.delayNanos = delay.toNanos();
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    if (frames.isEmpty() || frames.size() >= most) {
      return detector.detect(frames);
    }
    Batch batch;
    int start;
    synchronized (lock) {
      batch = gathering;
      if (batch == null || batch.frames.size() + frames.size() > most) {
        batch = new Batch();
        gathering = batch; // the one before is as full as it gets: its leader sees that it was left
        lock.notifyAll();
      }
      start = batch.frames.size();
      batch.frames.addAll(frames);
      if (batch.frames.size() == most) {
        gathering = null;
        lock.notifyAll();
      }
    }
    if (start == 0) {
      lead(batch);
    }
    try {
      return batch.found.join().subList(start, start + frames.size());
    } catch (CompletionException e) {
      return alone(batch, frames, e);
    }
  }

  private void lead(Batch batch) {
    awaitOthers(batch);
    try {
      batch.found.complete(detector.detect(batch.frames));
    } catch (RuntimeException | Error e) {
      batch.found.completeExceptionally(e);
    }
  }

  /** Waits until the batch takes no more frames; an interrupt ends the wait early and stays set. */
  private void awaitOthers(Batch batch) {
    long end = System.nanoTime() + delayNanos;
    boolean interrupted = false;
    synchronized (lock) {
      while (gathering == batch) {
        long left = end - System.nanoTime();
        if (left <= 0 || interrupted) {
          gathering = null;
          break;
        }
        try {
          lock.wait(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What broke a shared batch may be another caller's frame: each tries its own once more. */
  private List<Detections> alone(
      Batch batch, List<? extends Frame> frames, CompletionException failure) {
    if (batch.frames.size() > frames.size()) {
      return detector.detect(frames);
    }
    if (failure.getCause() instanceof RuntimeException cause) {
      throw cause;
    }
    if (failure.getCause() instanceof Error cause) {
      throw cause;
    }
    throw failure;
  }

  @Override
  public int maxBatch() {
    return Math.max(most, detector.maxBatch());
  }

  @Override
  public void close() {
    detector.close();
  }

  private static final class Batch {
    /** Grows under the lock while the batch gathers; read by the leader after that. */
    private final List<Frame> frames = new ArrayList<>();

    private final CompletableFuture<List<Detections>> found = new CompletableFuture<>();
  }
}
