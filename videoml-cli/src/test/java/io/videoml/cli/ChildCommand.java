package io.videoml.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command in a process of its own, with a folder of its own for what it writes: {@code out},
 * {@code err}, {@code work} where it runs, {@code tmp} for temporary files.
 *
 * <p>Threading: one caller. Owns the process.
 */
final class ChildCommand implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Path folder;
  private final Process process;

  /** Starts it. */
  ChildCommand(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    this.folder = folder;
    Path work = Files.createDirectories(folder.resolve("work"));
    List<String> command = new ArrayList<>();
    command.add(tool("java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.add("-XX:ErrorFile=" + work.resolve("hs_err.log"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(environment);
    this.process = builder.start();
  }

  static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Waits for what it writes to standard output from an offset on. */
  void await(String what, int from, Predicate<String> condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.test(out().substring(from))) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError(what + " did not come from " + folder + ": " + out() + err());
      }
      Thread.sleep(50);
    }
  }

  /** Returns its Java threads with their stacks, and the names of all its threads. */
  String threads() throws Exception {
    Path dump = folder.resolve("threads");
    Process jcmd =
        new ProcessBuilder(tool("jcmd").toString(), Long.toString(process.pid()), "Thread.print")
            .redirectErrorStream(true)
            .redirectOutput(dump.toFile())
            .start();
    try {
      if (!jcmd.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("jcmd does not end");
      }
    } finally {
      jcmd.destroyForcibly();
    }
    return Files.readString(dump) + nativeNames();
  }

  private String nativeNames() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return tasks
          .map(
              task -> {
                try {
                  return Files.readString(task.resolve("comm"), UTF_8);
                } catch (IOException e) {
                  return ""; // it has ended
                }
              })
          .collect(Collectors.joining());
    }
  }

  /** Asks it to end, as by SIGTERM, and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the command does not end; " + folder);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
