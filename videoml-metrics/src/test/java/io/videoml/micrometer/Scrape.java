package io.videoml.micrometer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry shows in Prometheus' text format. */
record Scrape(String text) {
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  List<String> samples() {
    return text.lines().filter(line -> !line.startsWith("#")).toList();
  }

  /** Returns the names of all series, without labels. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples().forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    return names;
  }

  /** Returns the label names of one metric's first series. */
  Set<String> labels(String name) {
    Set<String> labels = new TreeSet<>();
    samples().stream()
        .filter(line -> line.startsWith(name + "{"))
        .findFirst()
        .ifPresent(
            line -> {
              Matcher label = LABEL.matcher(line);
              while (label.find()) {
                labels.add(label.group(1));
              }
            });
    return labels;
  }

  /** Returns the value of one series, as {@code video_x{a="b"}}. */
  double value(String series) {
    return samples().stream()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series + " in\n" + text));
  }
}
