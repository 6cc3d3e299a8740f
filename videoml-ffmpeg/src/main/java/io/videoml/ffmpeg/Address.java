package io.videoml.ffmpeg;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream is: the address for FFmpeg, with its credentials, and the name for everybody else,
 * without.
 *
 * @param kind how it is reached
 * @param url for FFmpeg only
 * @param id for logs and messages
 * @param host empty for files
 * @param port 0 where there is none
 */
record Address(SourceKind kind, String url, String id, String host, int port)
    implements Serializable {
  // Not java.net.URI: camera passwords hold characters that it refuses, and its message would print
  // them.
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?:(?<user>[^/?#]*)@)?(?<host>\\[[^\\]]*\\]|[^/?#:@]*)(?::(?<port>\\d{1,5}))?"
              + "(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?(?:#.*)?");

  // A slash is missing: not a file, since its name would show the password.
  private static final Pattern ALMOST_URL =
      Pattern.compile("(?:https?|rtsps?|udp|rtp|srt):", Pattern.CASE_INSENSITIVE);

  // As above where the whole scheme is missing; but recordings may be called like that.
  private static final Pattern LOGIN = Pattern.compile("[^:]+:.*@.+", Pattern.DOTALL);

  static Address of(Path file) {
    String path = file.toAbsolutePath().normalize().toString();
    // The prefix keeps a file named "concat:a|b" a file.
    return new Address(SourceKind.FILE, "file:" + path, file.toString(), "", 0);
  }

  static Address of(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      if (text.regionMatches(true, 0, "file:", 0, 5)) {
        return of(Path.of(text.substring(5)));
      }
      if (text.contains("://") || ALMOST_URL.matcher(text).lookingAt()) {
        throw malformed();
      }
      Path file = Path.of(text);
      if (LOGIN.matcher(text).matches() && !Files.exists(file)) {
        throw malformed();
      }
      return of(file);
    }
    String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
    SourceKind kind = SourceKind.of(scheme);
    String path = url.group("path") == null ? "" : url.group("path");
    if (url.group("user") == null && url.group("port") != null && path.contains("@")) {
      throw malformed(); // a password with a slash: its first half would pass for a port
    }
    if (kind == SourceKind.FILE) {
      return of(Path.of(java.net.URI.create("file://" + path)));
    }
    String host = url.group("host");
    int port =
        url.group("port") == null ? defaultPort(scheme) : Integer.parseInt(url.group("port"));
    if (port > 65535) {
      throw malformed();
    }
    StringBuilder id = new StringBuilder(scheme).append("://").append(host);
    if (url.group("port") != null) {
      id.append(':').append(port);
    }
    id.append(path);
    if (url.group("query") != null) {
      id.append('?').append(masked(url.group("query")));
    }
    // FFmpeg knows its protocols by their lower-case names only.
    String address = scheme + text.substring(scheme.length());
    return new Address(kind, address, id.toString(), host.replaceAll("[\\[\\]]", ""), port);
  }

  /** Without the address, which may hold a password. */
  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "the address is not of the form scheme://[user:password@]host[:port]/path; in a password,"
            + " write / as %2F, ? as %3F and # as %23");
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      case "rtsp" -> 554;
      case "rtsps" -> 322;
      default -> 0;
    };
  }

  /**
   * Keeps the names, and of the values only small numbers, such as a channel: nobody can list all
   * names of secrets.
   */
  private static String masked(String query) {
    List<String> shown = new ArrayList<>();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      String value = parameter.substring(equals + 1);
      shown.add(
          equals < 0
              ? (value.matches("\\w{1,8}") ? value : "***")
              : parameter.substring(0, equals + 1) + (value.matches("\\d{1,3}") ? value : "***"));
    }
    return String.join("&", shown);
  }

  @Override
  public String toString() {
    return id;
  }
}
