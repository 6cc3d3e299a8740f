package io.videoml.cli.process;

import io.videoml.pipeline.RunSummary;
import java.io.PrintStream;
import java.util.Locale;

/** One line on the terminal that is written over again and again, and gone at the end. */
public final class ProgressLine {
  /** To the start of the line, and erase it. */
  public static final String ERASE = "\r\u001b[2K";

  private final PrintStream err;
  private final boolean shown;

  /**
   * @param shown whether to write at all
   */
  public ProgressLine(PrintStream err, boolean shown) {
    this.err = err;
    this.shown = shown;
    ConsoleLogger.lineStart(shown ? ERASE : "");
  }

  public void show(RunSummary summary) {
    if (shown) {
      show(
          String.format(
              Locale.ROOT,
              "%s  %.1f s  %d read  %d kept%s  %.1f fps",
              summary.stream(),
              summary.elapsed().toMillis() / 1e3,
              summary.read(),
              summary.kept(),
              summary.failed() > 0 ? "  " + summary.failed() + " failed" : "",
              summary.framesPerSecond()));
    }
  }

  /** Shows a text, without line breaks. */
  public void show(String text) {
    if (shown) {
      err.print(ERASE + text);
      err.flush();
    }
  }

  public void erase() {
    if (shown) {
      ConsoleLogger.lineStart("");
      err.print(ERASE);
      err.flush();
    }
  }
}
