package io.videoml.cli.run;

import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ErrorLine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that went wrong with an output. A pipeline goes on when a sink fails; a command
 * whose results no longer arrive does not.
 *
 * <p>Threading: safe.
 */
final class Trouble {
  private @Nullable CliException first;
  private @Nullable Runnable stop;

  /** Takes note of a problem, and stops the run if it is the first. */
  void report(RuntimeException problem) {
    Runnable stopNow;
    synchronized (this) {
      if (first != null) {
        return;
      }
      first = ErrorLine.explain(problem);
      stopNow = stop;
    }
    if (stopNow != null) {
      stopNow.run();
    }
  }

  /** Says how to stop the run; done at once if something went wrong before. */
  void onReport(Runnable stop) {
    boolean now;
    synchronized (this) {
      this.stop = stop;
      now = first != null;
    }
    if (now) {
      stop.run();
    }
  }

  synchronized Optional<CliException> first() {
    return Optional.ofNullable(first);
  }
}
