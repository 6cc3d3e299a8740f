package io.videoml.resilience;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all streams of the process every so often, on one thread. */
final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long PERIOD_MILLIS = 50;
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private Watchdog() {}

  /**
   * Calls something that does not block, until cancelled. A shared thread would be held up by the
   * one that blocks.
   */
  static Future<?> watch(Runnable look) {
    return THREAD.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException | Error e) { // else it would never be called again
            LOG.warn("a stream could not be looked at", e);
          }
        },
        PERIOD_MILLIS,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Runs something that may block for a while, on a thread of its own. */
  static void aside(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "videoml-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true); // gone when nobody is watched
    return executor;
  }
}
