package io.videoml.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits that end: a contract that is broken fails its test, rather than hang the build. */
final class Bounded {
  /**
   * Generous, since it is only reached where something hangs; machines that test are often busy.
   */
  static final long SECONDS = 20;

  private Bounded() {}

  /** Starts the work on a thread of its own, which does not keep the process alive. */
  static <T> FutureTask<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "contract-" + name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Returns what the work returned; what it threw comes out as it is. */
  static <T> T get(FutureTask<T> task) {
    try {
      return task.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (TimeoutException e) {
      task.cancel(/* mayInterruptIfRunning= */ true);
      throw new AssertionError("still not done after " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Does the work on another thread and waits for it. */
  static <T> T call(String name, Callable<T> work) {
    return get(start(name, work));
  }

  /** As {@link #call}, for work without a result. */
  static void run(String name, Runnable work) {
    call(
        name,
        () -> {
          work.run();
          return true;
        });
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened for " + SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
