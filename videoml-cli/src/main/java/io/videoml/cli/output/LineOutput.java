package io.videoml.cli.output;

import io.videoml.cli.process.CliException;
import io.videoml.cli.process.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the lines of the results go, each as soon as it is written. After a failure it takes lines
 * and forgets them.
 *
 * <p>Threading: safe; events come from other threads than results.
 */
public final class LineOutput implements AutoCloseable {
  private final OutputStream out;
  private final String name;
  private final boolean pipe;
  private boolean broken;

  private LineOutput(OutputStream out, String name, boolean pipe) {
    this.out = out;
    this.name = name;
    this.pipe = pipe;
  }

  /**
   * Opens the output.
   *
   * @param target a file, or {@code -} for standard output
   */
  public static LineOutput open(String target, Console console) {
    if (target.equals("-")) {
      return new LineOutput(console.out(), "standard output", console.outIsPipe());
    }
    try {
      return new LineOutput(Files.newOutputStream(Path.of(target)), target, /* pipe= */ false);
    } catch (IOException | InvalidPathException e) {
      throw OutputProblem.of(target, e);
    }
  }

  /** Writes one line, its end included, at once. */
  public synchronized void write(byte[] line) {
    if (broken) {
      return;
    }
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      broken = true;
      boolean noReader = pipe || String.valueOf(e.getMessage()).contains("Broken pipe");
      throw noReader ? CliException.noReader(e) : OutputProblem.of(name, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw OutputProblem.of(name, e);
    }
  }
}
