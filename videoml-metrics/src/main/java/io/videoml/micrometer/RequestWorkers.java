package io.videoml.micrometer;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests on a few threads, and each within a time: a client that sends or takes its bytes
 * too slowly is interrupted, which closes its connection. The server's own limits are settings of
 * the whole JVM.
 *
 * <p>Threading: safe. All threads are daemons, and end with {@link #close}.
 */
final class RequestWorkers implements Executor, AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING = 64;

  private final Duration limit;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService deadlines;

  RequestWorkers(Duration limit) {
    this.limit = limit;
    ThreadFactory threads =
        body -> {
          Thread thread = new Thread(body, "videoml-metrics-http");
          thread.setDaemon(true);
          return thread;
        };
    workers =
        new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), threads);
    workers.allowCoreThreadTimeOut(true);
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    deadlines = Executors.unconfigurableScheduledExecutorService(timer);
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException if too many requests wait already; the
   *     server closes the connection then
   */
  @Override
  public void execute(Runnable request) {
    workers.execute(() -> answer(request));
  }

  private void answer(Runnable request) {
    FutureTask<?> bounded = new FutureTask<>(request, null);
    Future<?> deadline =
        deadlines.schedule(
            () -> bounded.cancel(/* mayInterruptIfRunning= */ true),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    bounded.run();
    deadline.cancel(/* mayInterruptIfRunning= */ false);
  }

  @Override
  public void close() {
    workers.shutdownNow();
    deadlines.shutdownNow();
  }
}
