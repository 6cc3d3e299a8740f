package io.videoml.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Credentials that nothing else looks like, and where they were found. A user name counts: it is
 * half of what an intruder needs.
 *
 * <p>Threading: one at a time.
 */
final class Secrets {
  static final String USER = "watcher7f3q";
  static final String PASSWORD = "s3cr#t/p@ss:9z";
  static final String WRONG_PASSWORD = "wr0ng9k?Q@x:8y";

  /** Around what was found, to say where it comes from. */
  private static final int CONTEXT = 120;

  private final Set<String> forms = new LinkedHashSet<>();
  private final List<String> leaks = new ArrayList<>();

  Secrets() {
    forms.add(USER);
    for (String password : List.of(PASSWORD, WRONG_PASSWORD)) {
      forms.add(password);
      forms.add(encoded(password));
      forms.add(encoded(password).toLowerCase(Locale.ROOT));
      forms.add(base64(USER + ":" + password));
      forms.add(base64(password));
    }
    // Whatever was cut at a special character, or encoded in part.
    forms.addAll(List.of("s3cr", "ss:9z", "ss%3A9z", "ss%3a9z", "wr0ng9k", "x:8y", "x%3A8y"));
  }

  /** Returns the address with credentials in it, percent-encoded. */
  static String inside(String address, String password) {
    return address.replace("://", "://" + USER + ":" + encoded(password) + "@");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** Takes note of every secret in the text. */
  void look(String where, String text) {
    for (String form : forms) {
      int at = text.indexOf(form);
      if (at >= 0) {
        int end = Math.min(text.length(), at + form.length() + CONTEXT);
        leaks.add(where + " has " + form + ": " + text.substring(Math.max(0, at - CONTEXT), end));
      }
    }
  }

  /** Looks at the names and the contents of all files below a folder. */
  void lookBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        look("the name of a file", file.toString());
        if (Files.isRegularFile(file)) {
          look("the file " + file, contents(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contents(Path file) throws IOException {
    try {
      return Files.readString(file, ISO_8859_1); // any byte is a character: binaries too
    } catch (NoSuchFileException e) {
      return ""; // a temporary file that went away meanwhile
    }
  }

  List<String> leaks() {
    return List.copyOf(leaks);
  }
}
