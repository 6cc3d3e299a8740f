package io.videoml.cli.compare;

import io.videoml.cli.output.ComparedStrategy;
import java.util.Locale;

/** Says what was compared, as a table for people that is also one in Markdown. */
public final class ComparisonTable {
  private static final String COLUMNS = "| %-22s | %7s | %7s | %7s | %8s | %8s | %6s |%n";

  private ComparisonTable() {}

  /**
   * Returns the first lines.
   *
   * @param stream name of the video
   * @param model what looked at it, in words
   */
  public static String head(String stream, String model) {
    return String.format(
            Locale.ROOT,
            "%s: %s. Found: share of the objects of \"all\" that a kept frame within 1 s shows, too.%n%n",
            stream,
            model)
        + String.format(COLUMNS, "sampler", "read", "decoded", "kept", "CPU s", "saving", "found")
        + "|---|---:|---:|---:|---:|---:|---:|\n";
  }

  /** Returns the line of one strategy. */
  public static String row(ComparedStrategy row) {
    return String.format(
        Locale.ROOT,
        COLUMNS,
        "`" + row.strategy() + "`",
        row.read(),
        row.decoded(),
        row.kept(),
        String.format(Locale.ROOT, "%.2f", row.cpu().toNanos() / 1e9),
        String.format(Locale.ROOT, "%.1f ×", row.saving()),
        String.format(Locale.ROOT, "%.1f %%", 100 * row.found()));
  }
}
