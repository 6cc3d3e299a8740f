package io.videoml.cli.process;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes warnings to standard error, a line each; with {@code --verbose} everything but traces, and
 * stack traces.
 */
public final class ConsoleLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private static volatile boolean verbose;
  private static volatile String lineStart = "";

  public ConsoleLogger(String name) {
    this.name = name;
  }

  /** Turns debug messages and stack traces on or off, for all loggers. */
  public static void verbose(boolean on) {
    verbose = on;
  }

  /** Writes this before each line, to get a progress line out of its way. */
  public static void lineStart(String start) {
    lineStart = start;
  }

  public static boolean isVerbose() {
    return verbose;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return verbose;
  }

  @Override
  public boolean isInfoEnabled() {
    return verbose;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  @SuppressWarnings("SystemOut") // this is where logging ends
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable throwable) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    // An error in the log is not how the command ends: the one line that begins with "error" is
    // written elsewhere.
    String word =
        level.toInt() >= Level.WARN.toInt() ? "warning" : level.name().toLowerCase(Locale.ROOT);
    System.err.println(
        lineStart + "videoml: " + word + ": " + (verbose ? text : ErrorLine.oneLine(text)));
    if (verbose && throwable != null) {
      throwable.printStackTrace(System.err);
    }
  }
}
