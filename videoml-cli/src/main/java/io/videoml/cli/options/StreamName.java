package io.videoml.cli.options;

import io.videoml.source.FrameSource;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a stream is called in results. */
final class StreamName {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[A-Za-z0-9]{1,5}$");

  private StreamName() {}

  /**
   * Returns a file's name without its extension; for other sources their id, which holds no
   * credentials.
   */
  static String of(String address, FrameSource source) {
    String file = address.startsWith("file:") ? address.substring("file:".length()) : address;
    if (SCHEME.matcher(file).matches()) {
      return source.id();
    }
    Path name = Path.of(file).getFileName();
    String stem = name == null ? "" : EXTENSION.matcher(name.toString()).replaceFirst("");
    return stem.isBlank() ? source.id() : stem;
  }
}
