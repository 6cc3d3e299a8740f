package io.videoml.benchmarks.cameras;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a table of what the contract of RTSP sources saw: a row per fault, a column per backend.
 */
final class FaultTable {
  private static final String FFMPEG = "Ffmpeg";

  private final Map<String, Map<String, String>> cells = new TreeMap<>();
  private boolean failed;

  /**
   * @param report lines of test class, test, verdict, facts, tab-separated
   */
  static FaultTable of(Path report) {
    FaultTable table = new FaultTable();
    try {
      Files.readAllLines(report).forEach(table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (table.cells.isEmpty()) {
      throw new IllegalStateException(report + " is empty; did the tests run?");
    }
    return table;
  }

  private void add(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    String backend = fields.get(0).startsWith(FFMPEG) ? "FFmpeg" : "GStreamer";
    String verdict = fields.get(2);
    failed |= !verdict.equals("passed");
    String facts = fields.get(3);
    cells
        .computeIfAbsent(words(fields.get(1)), fault -> new TreeMap<>())
        .put(backend, verdict + (facts.isEmpty() ? "" : ": " + facts));
  }

  /** {@code camera_killedAndBack_overTcp} becomes "camera: killed and back, over TCP". */
  private static String words(String test) {
    String text = test.replaceFirst("_", ": ").replace("_", ", ");
    return text.replaceAll("(?<=[a-z0-9]|A)(?=[A-Z])", " ")
        .toLowerCase(java.util.Locale.ROOT)
        .replace("tcp", "TCP")
        .replace("udp", "UDP")
        .replace("h265", "H.265");
  }

  /** Prints it; returns whether every test passed with both backends. */
  boolean print(PrintStream out) {
    out.println("| fault | FFmpeg | GStreamer |");
    out.println("|---|---|---|");
    cells.forEach(
        (fault, backends) ->
            out.printf(
                "| %s | %s | %s |%n",
                fault,
                backends.getOrDefault("FFmpeg", "not run"),
                backends.getOrDefault("GStreamer", "not run")));
    return !failed && cells.values().stream().allMatch(backends -> backends.size() == 2);
  }
}
