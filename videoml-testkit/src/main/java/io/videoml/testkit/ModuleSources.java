package io.videoml.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The main sources of a module, as text. */
final class ModuleSources {
  private final Path root;
  private final List<Path> files;

  ModuleSources(Path root) {
    this.root = root;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no sources in " + root.toAbsolutePath(), e);
    }
  }

  /** Returns the source of a top-level type. */
  String of(String className) {
    return String.join("\n", lines(root.resolve(className.replace('.', '/') + ".java")));
  }

  List<Path> packagesWithoutInfo() {
    return files.stream()
        .map(Path::getParent)
        .distinct()
        .filter(Predicate.not(directory -> Files.exists(directory.resolve("package-info.java"))))
        .toList();
  }

  List<Path> longerThan(int lines) {
    return files.stream().filter(file -> lines(file).size() > lines).toList();
  }

  /**
   * Returns the number of lines that so many percent of the files do not exceed. Contracts do not
   * count: they are tests, though in main sources.
   */
  int percentile(int percent) {
    List<Integer> sizes =
        files.stream()
            .map(ModuleSources::lines)
            .filter(Predicate.not(file -> file.contains("import org.junit.jupiter.api.Test;")))
            .map(List::size)
            .sorted()
            .toList();
    return sizes.get((int) Math.ceil(percent / 100.0 * sizes.size()) - 1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
