package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The serving process, seen from the tests: takes orders, can be frozen and killed.
 *
 * <p>Threading: one caller at a time. Owns the process and the thread that listens to it.
 */
final class ChildJvm implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final int CHATTER_LINES = 20;

  private final Process process;
  private final Thread listener;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Deque<String> chatter = new ArrayDeque<>();
  private @Nullable Freezer freezer;

  private ChildJvm(Process process) {
    this.process = process;
    this.listener = new Thread(this::listen, "videoml-rtsp-" + process.pid());
    listener.setDaemon(true);
    listener.start();
  }

  static ChildJvm start() {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Djna.encoding=UTF-8",
            CameraProcess.class.getName());
    builder.environment().put("CLASSPATH", ChildClassPath.get());
    // Else each of its threads keeps memory of its own.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectErrorStream(true);
    try {
      return new ChildJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a second Java process", e);
    }
  }

  /**
   * Gives an order and waits until it is carried out.
   *
   * @throws IllegalStateException if it fails, or is not answered in time; never names the order,
   *     which may hold a password
   */
  void order(String order, Duration limit) {
    String answer = ask(order, limit);
    if (!answer.equals(CameraProcess.OK)) {
      throw new IllegalStateException("the camera's process failed: " + answer + heard());
    }
  }

  String ask(String order, Duration limit) {
    answers.clear();
    try {
      Writer orders = process.outputWriter(UTF_8);
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new IllegalStateException("the camera's process has ended" + heard(), e);
    }
    try {
      String answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null || answer.isEmpty()) {
        throw new IllegalStateException(
            (answer == null
                    ? "the camera's process did not answer within " + limit
                    : "the camera's process has ended")
                + heard());
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the camera's process worked", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Stops it where it stands. Its connections stay open and silent. */
  void freeze() {
    if (freezer != null) {
      return;
    }
    if (!process.isAlive()) {
      throw new IllegalStateException("the camera's process has ended" + heard());
    }
    freezer = Freezer.freeze(pid());
  }

  void thaw() {
    if (freezer != null) {
      freezer.close();
      freezer = null;
    }
  }

  boolean frozen() {
    return freezer != null;
  }

  /** Kills it, as the power cord does; frozen or not. Returns when it has gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    await(process);
    thaw();
    try {
      process.outputWriter(UTF_8).close();
    } catch (IOException e) {
      // What it did not read does not matter any more.
      chatter.clear();
    }
    join();
  }

  private void join() {
    try {
      listener.join(END_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void await(Process process) {
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "process " + process.pid() + " did not end within " + END_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(CameraProcess.ANSWER)) {
          answers.add(line.substring(CameraProcess.ANSWER.length()));
        } else {
          hear(line);
        }
      }
    } catch (IOException e) {
      hear(e.toString());
    }
    answers.add("");
  }

  private void hear(String line) {
    synchronized (chatter) {
      if (chatter.size() == CHATTER_LINES) {
        chatter.removeFirst();
      }
      chatter.addLast(line);
    }
  }

  private String heard() {
    synchronized (chatter) {
      return chatter.isEmpty() ? "" : "; it said: " + List.copyOf(chatter);
    }
  }
}
