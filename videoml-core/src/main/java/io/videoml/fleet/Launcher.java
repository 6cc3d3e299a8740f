package io.videoml.fleet;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts cameras one after the other, the important ones first, so that they are first in line to
 * connect. One whose parts take too long to make is left to its own thread, and the next is
 * started.
 */
final class Launcher {
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final PriorityQueue<Launch> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Launch launch) -> launch.camera.camera().priority())
              .thenComparing(Launch::number)); // guarded by this, as all below

  private long number;
  private @Nullable Thread thread;
  private boolean stopped;

  private record Launch(CameraRun camera, long number) {}

  /** Starts them soon, on other threads. */
  synchronized void launch(Collection<CameraRun> cameras) {
    if (stopped) {
      return;
    }
    cameras.forEach(camera -> waiting.add(new Launch(camera, number++)));
    if (thread == null && !waiting.isEmpty()) {
      thread = Threads.start("videoml-fleet-launcher", this::launchAll);
    }
  }

  /** Starts none any more. */
  synchronized void stop() {
    stopped = true;
    waiting.clear();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void launchAll() {
    try {
      for (CameraRun next = next(); next != null; next = next()) {
        launch(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only stop() does that
    }
  }

  private static void launch(CameraRun camera) throws InterruptedException {
    Thread starter;
    try {
      starter = Threads.start("videoml-" + camera.camera().id() + "-starter", camera::start);
    } catch (Error e) { // the system has no thread left for this one; it may for the next
      camera.fail(e);
      return;
    }
    starter.join(PATIENCE_MILLIS);
  }

  /** Returns the next one; null, and the thread is to end, if there is none. */
  private synchronized @Nullable CameraRun next() {
    Launch next = waiting.poll();
    if (next == null) {
      thread = null;
      return null;
    }
    return next.camera;
  }
}
