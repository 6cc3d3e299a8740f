package io.videoml.cli.process;

import io.videoml.ffmpeg.FfmpegException;
import io.videoml.inference.InferenceException;
import io.videoml.source.SourceException;
import java.util.regex.Pattern;

/** Turns whatever ended a command into what its user is told. */
public final class ErrorLine {
  private static final Pattern BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");

  private ErrorLine() {}

  /**
   * Returns the exception to report: itself where it is one already, else what this program makes
   * of it.
   */
  public static CliException explain(Throwable problem) {
    if (problem instanceof CliException known) {
      return known;
    }
    if (problem instanceof SourceException source) {
      return cannot("read", source);
    }
    if (problem instanceof InferenceException model) {
      String why = withoutPrefix(model, model.model());
      return CliException.failure(
          "cannot use the model " + model.model(),
          why.contains(";") ? why : why + "; check --model",
          model);
    }
    if (problem instanceof FfmpegException output) {
      String why = withoutPrefix(output, output.target().toString());
      return CliException.failure("cannot write " + output.target(), why, output);
    }
    if (problem instanceof OutOfMemoryError) {
      return CliException.failure(
          "out of memory",
          "VIDEOML_JAVA_OPTS=-Xmx2g gives it more; " + problem.getMessage(),
          problem);
    }
    if (problem instanceof LinkageError) {
      return CliException.failure(
          "a native library or class is missing",
          problem + "; run it as ./videoml, or add the library",
          problem);
    }
    return CliException.failure(
        "something unexpected happened",
        problem + "; run it again with --verbose and report it",
        problem);
  }

  /**
   * Returns what is reported of a stream.
   *
   * @param what was to be done with it, as {@code "read"}
   */
  public static CliException cannot(String what, SourceException problem) {
    String why = withoutPrefix(problem, problem.source());
    boolean saysWhatToDo = why.contains(";");
    return CliException.failure(
        "cannot " + what + " " + problem.source(),
        saysWhatToDo ? why : why + "; " + remedy(problem),
        problem);
  }

  /** Returns the text on one line. */
  public static String oneLine(String text) {
    return BREAKS.matcher(text.strip()).replaceAll(" ");
  }

  private static String withoutPrefix(RuntimeException problem, String prefix) {
    String message = String.valueOf(problem.getMessage());
    return message.startsWith(prefix + ": ") ? message.substring(prefix.length() + 2) : message;
  }

  private static String remedy(SourceException problem) {
    boolean keys = problem.source().startsWith("kvs:"); // which has no user name
    return switch (problem.kind()) {
      case AUTHENTICATION ->
          keys ? "check the AWS keys and their policies" : "check user name and password";
      case NOT_FOUND -> "check the spelling";
      case REFUSED -> "check that the server allows it";
      case NETWORK -> "check the address and the network";
      case STALLED, ENDED -> "check that the server sends video";
      case UNSUPPORTED -> "try another file or stream";
      case CORRUPT -> "get an intact copy";
      case CONFIGURATION -> "correct the address or option";
      case CLOSED -> "run it again";
    };
  }
}
