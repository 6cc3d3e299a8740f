package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Holds a process still until it is closed, or until we die: a frozen process cannot notice that
 * its starter has gone, and would stay for ever. So a helper does it, whose input ends with us.
 */
final class Freezer implements AutoCloseable {
  private static final String SCRIPT =
      "kill -STOP \"$1\" && echo frozen && read -r _; kill -CONT \"$1\" 2>/dev/null";

  private final Process helper;

  private Freezer(Process helper) {
    this.helper = helper;
  }

  static Freezer freeze(long pid) {
    try {
      Process helper =
          new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      Freezer freezer = new Freezer(helper);
      String line = helper.inputReader(UTF_8).readLine();
      if (!"frozen".equals(line)) {
        freezer.close();
        throw new IllegalStateException("cannot freeze the camera's process: " + line);
      }
      return freezer;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot freeze the camera's process", e);
    }
  }

  /** Lets it go on, where it still is. */
  @Override
  public void close() {
    try {
      helper.outputWriter(UTF_8).close();
      ChildJvm.await(helper);
      helper.inputReader(UTF_8).close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot thaw the camera's process", e);
    } finally {
      helper.destroyForcibly();
    }
  }
}
