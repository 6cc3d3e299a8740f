package io.videoml.cli.run;

import io.videoml.cli.process.CliException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the classes that a user names among those of the model. */
final class ClassNames {
  private static final int SUGGESTIONS = 5;

  private ClassNames() {}

  /**
   * Returns the labels of the classes.
   *
   * @param wanted labels, in any case, or ids
   * @param labels the model's, by id
   */
  static Set<String> find(Set<String> wanted, List<String> labels) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : wanted) {
      found.add(find(name, labels));
    }
    return found;
  }

  private static String find(String name, List<String> labels) {
    for (String label : labels) {
      if (label.equalsIgnoreCase(name)) {
        return label;
      }
    }
    if (name.matches("\\d{1,6}") && Integer.parseInt(name) < labels.size()) {
      return labels.get(Integer.parseInt(name));
    }
    throw CliException.usage(
        "the model has no class '" + name + "'",
        "close to it: " + closest(name, labels) + "; ids go from 0 to " + (labels.size() - 1));
  }

  private static String closest(String name, List<String> labels) {
    return labels.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(
                label -> edits(name.toLowerCase(Locale.ROOT), label.toLowerCase(Locale.ROOT))))
        .limit(SUGGESTIONS)
        .collect(Collectors.joining(", "));
  }

  /** Levenshtein distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
