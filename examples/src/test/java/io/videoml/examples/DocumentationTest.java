package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the documentation to the code: every Java snippet stands, but for white space and
 * assertions of one line, in a source of this module, where it is compiled and run; every
 * dependency names a module that exists; every link leads somewhere.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern ASSERTION = Pattern.compile("(?m)^ *assertThat\\(.*;$");
  private static final Pattern ARTIFACT =
      Pattern.compile("<groupId>io\\.videoml</groupId>\\s*<artifactId>([a-z-]+)</artifactId>");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  static List<Path> pages() {
    try (Stream<Path> files = Files.walk(ROOT, 4)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target"))
          .map(ROOT::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_itsJavaSnippets_standInCompiledSources(Path page) {
    String sources = sources();
    for (String snippet : all(JAVA, read(ROOT.resolve(page)))) {
      assertThat(sources.contains(packed(snippet)))
          .as("some source under examples/src has the snippet of %s:%n%s", page, snippet)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_itsDependencies_areModules(Path page) {
    for (String artifact : all(ARTIFACT, read(ROOT.resolve(page)))) {
      assertThat(ROOT.resolve(artifact).resolve("pom.xml")).as("named in %s", page).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_itsLinks_leadSomewhere(Path page) {
    Path folder = ROOT.resolve(page).getParent();
    for (String link : all(LINK, read(ROOT.resolve(page)))) {
      assertThat(folder.resolve(link)).as("linked from %s", page).exists();
    }
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String sources() {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples/src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> packed(read(file)))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String packed(String code) {
    return ASSERTION.matcher(code).replaceAll("").replaceAll("\\s+", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
