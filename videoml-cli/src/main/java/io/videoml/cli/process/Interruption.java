package io.videoml.cli.process;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Being told to end from outside.
 *
 * <p>A signal only stops what runs, and the command then ends as always. A shutdown hook would not
 * do: it runs beside the hooks of native libraries, which free memory that a stage may be using.
 *
 * <p>Threading: safe.
 */
public final class Interruption {
  /** Leaves the rest of two seconds for the process to end. */
  private static final Duration PATIENCE = Duration.ofMillis(1850);

  private final IntConsumer halt;
  private int exitCode;
  private @Nullable Runnable stop;

  /**
   * @param halt ends the process with an exit code, at once
   */
  public Interruption(IntConsumer halt) {
    this.halt = halt;
  }

  /** Returns one that is told of the signals of this process. */
  public static Interruption ofProcess() {
    Interruption interruption = new Interruption(Runtime.getRuntime()::halt);
    Signals.handle("INT", interruption::signal);
    Signals.handle("TERM", interruption::signal);
    return interruption;
  }

  /** Stops what runs, once; who asks again does not want to wait. */
  public void signal(int number) {
    Runnable stopNow;
    synchronized (this) {
      if (exitCode != 0) {
        halt.accept(exitCode);
      }
      exitCode = 128 + number;
      stopNow = stop;
    }
    startHaltingLater();
    if (stopNow != null) {
      stopNow.run();
    }
  }

  /** Says how to stop what runs now; done at once if the signal came before. */
  public void onSignal(Runnable stop) {
    boolean now;
    synchronized (this) {
      this.stop = stop;
      now = exitCode != 0;
    }
    if (now) {
      stop.run();
    }
  }

  /** Returns the exit code that tells of the signal; empty where none came. */
  public synchronized OptionalInt exitCode() {
    return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }

  private void startHaltingLater() {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE.toMillis());
                halt.accept(exitCode().orElseThrow());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "videoml-halt");
    thread.setDaemon(true);
    thread.start();
  }
}
