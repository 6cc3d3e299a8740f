package io.videoml.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two streams that a command writes to.
 *
 * @param out results only; not a {@link PrintStream}, which would keep failures to itself
 * @param err everything else
 * @param outIsPipe whether a failure to write means that no one reads any more
 * @param outIsTerminal whether someone watches the results go by
 * @param errIsTerminal whether someone can see progress
 */
public record Console(
    OutputStream out,
    PrintStream err,
    boolean outIsPipe,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /** Returns the streams of this process. */
  public static Console ofProcess() {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        target(1).startsWith("pipe:") || target(1).startsWith("socket:"),
        isTerminal(1),
        isTerminal(2));
  }

  /**
   * Only Linux tells of each stream what it is; Java speaks of both at once, and from 22 on always
   * says yes.
   */
  private static boolean isTerminal(int descriptor) {
    String target = target(descriptor);
    return target.startsWith("/dev/pts/")
        || target.startsWith("/dev/tty")
        || target.equals("/dev/console");
  }

  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return ""; // not Linux
    }
  }
}
