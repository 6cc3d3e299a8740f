package io.videoml.cli;

import io.videoml.pipeline.RunSummary;
import java.io.PrintStream;
import java.util.Locale;

/** One line on the terminal that is written over again and again, and gone at the end. */
final class ProgressLine {
  /** To the start of the line, and erase it. */
  static final String ERASE = "\r\u001b[2K";

  private final PrintStream err;
  private final boolean shown;

  /**
   * @param shown whether to write at all
   */
  ProgressLine(PrintStream err, boolean shown) {
    this.err = err;
    this.shown = shown;
    ConsoleLogger.lineStart(shown ? ERASE : "");
  }

  void show(RunSummary summary) {
    if (shown) {
      err.printf(
          Locale.ROOT,
          "%s%s  %.1f s  %d read  %d kept%s  %.1f fps",
          ERASE,
          summary.stream(),
          summary.elapsed().toMillis() / 1e3,
          summary.read(),
          summary.kept(),
          summary.failed() > 0 ? "  " + summary.failed() + " failed" : "",
          summary.framesPerSecond());
      err.flush();
    }
  }

  void erase() {
    if (shown) {
      ConsoleLogger.lineStart("");
      err.print(ERASE);
      err.flush();
    }
  }
}
