package io.videoml.gstreamer;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An RTSP address, taken apart so that its credentials go their own way.
 *
 * @param location for GStreamer, without credentials
 * @param id for everybody else: of the query, names and small numbers only
 * @param host in lower case, without brackets
 * @param port the usual one where the address has none
 * @param user from the address; empty where it has none
 * @param password from the address; empty where it has none
 */
record RtspAddress(String location, String id, String host, int port, String user, String password)
    implements Serializable {
  // Not java.net.URI: camera passwords hold characters that it refuses, and its message would print
  // them.
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>rtsps?)://(?:(?<user>[^/?#]*)@)?(?<host>\\[[^\\]]+\\]|[^/?#:@\\s]+)"
              + "(?::(?<port>\\d{1,5}))?(?<path>/[^?#\\s]*)?(?:\\?(?<query>[^#\\s]*))?(?:#.*)?",
          Pattern.CASE_INSENSITIVE);

  static RtspAddress of(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw malformed();
    }
    String path = Optional.ofNullable(url.group("path")).orElse("");
    String query = url.group("query");
    if (url.group("user") == null && url.group("port") != null && path.contains("@")) {
      throw malformed(); // a password with a slash: its first half would pass for a port
    }
    String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
    int port =
        url.group("port") != null
            ? Integer.parseInt(url.group("port"))
            : scheme.equals("rtsps") ? 322 : 554;
    if (port < 1 || port > 65535) {
      throw malformed();
    }
    String host = url.group("host").toLowerCase(Locale.ROOT);
    String base = scheme + "://" + host + (url.group("port") == null ? "" : ":" + port) + path;
    String[] login = Optional.ofNullable(url.group("user")).orElse("").split(":", 2);
    return new RtspAddress(
        base + (query == null ? "" : "?" + query),
        base + (query == null ? "" : "?" + masked(query)),
        host.replaceAll("[\\[\\]]", ""),
        port,
        decoded(login[0]),
        login.length < 2 ? "" : decoded(login[1]));
  }

  /** Without the address, which may hold a password. */
  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "the address is not of the form rtsp[s]://[user:password@]host[:port]/path; in a password,"
            + " write / as %2F, ? as %3F, # as %23 and % as %25, or use credentials(...)");
  }

  /**
   * Keeps the names, and of the values only small numbers, such as a channel: nobody can list all
   * names of secrets.
   */
  private static String masked(String query) {
    return Stream.of(query.split("&"))
        .map(
            parameter -> {
              int equals = parameter.indexOf('=');
              String value = parameter.substring(equals + 1);
              boolean harmless = value.matches(equals < 0 ? "\\w{1,8}" : "\\d{1,3}");
              return parameter.substring(0, equals + 1) + (harmless ? value : "***");
            })
        .collect(Collectors.joining("&"));
  }

  /** Decodes what is percent-encoded; a lone percent sign stays. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  boolean encrypted() {
    return location.startsWith("rtsps:");
  }

  @Override
  public String toString() {
    return id;
  }
}
