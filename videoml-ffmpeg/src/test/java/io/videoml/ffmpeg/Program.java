package io.videoml.ffmpeg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of another's making, as {@code ffmpeg} or {@code ffprobe}, that ends with its test. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it; the test is skipped where it is not installed. */
  static Program start(String... command) {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found = false;
    for (String directory : path.split(":")) {
      found |= Files.isExecutable(Path.of(directory).resolve(command[0]));
    }
    assumeTrue(found, "needs the program " + command[0] + "; apt-get install ffmpeg");
    try {
      Path output = Files.createTempFile("videoml-program", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      return new Program(process, output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it to its end, and returns what it printed. */
  static String run(String... command) {
    try (Program program = start(command)) {
      boolean ended = program.process.waitFor(30, TimeUnit.SECONDS);
      String text = program.printed();
      if (!ended || program.process.exitValue() != 0) {
        throw new IllegalStateException(command[0] + " failed: " + text);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a test picture at its own pace, 25 frames a second. */
  static Program sendTestPicture(String format, String url) {
    return start(testPicture(true, 60, "-f", format, url));
  }

  /** Writes two seconds of a test picture: 50 frames. */
  static void writeTestPicture(String... output) {
    run(testPicture(false, 2, output));
  }

  private static String[] testPicture(boolean atItsPace, int seconds, String... output) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    if (atItsPace) {
      command.add("-re");
    }
    command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25"));
    command.addAll(List.of("-t", String.valueOf(seconds), "-threads", "1", "-c:v", "libx264"));
    command.addAll(List.of("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10"));
    command.addAll(List.of(output));
    return command.toArray(String[]::new);
  }

  String printed() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
      Files.deleteIfExists(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
