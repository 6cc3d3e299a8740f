package io.videoml.testkit.kvs.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it came.
 *
 * @param method as {@code POST}
 * @param path of the target, escaped as it came; an absolute target's host is left out
 * @param query of the target, escaped; empty where there is none
 * @param headers in order
 */
public record HttpRequest(String method, String path, String query, List<HttpHeader> headers) {
  private static final int LONGEST_LINE = 16_384;
  private static final int MOST_HEADERS = 100;

  public HttpRequest {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(query, "query");
    headers = List.copyOf(headers);
  }

  /** Returns the first header of a name, in any case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(HttpHeader::value)
        .findFirst();
  }

  /** Returns all values of a name, in order. */
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(HttpHeader::value)
        .toList();
  }

  boolean hasToken(String name, String token) {
    return headers(name).stream()
        .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split(",")).stream())
        .anyMatch(part -> part.strip().equals(token));
  }

  /** Returns method and path: headers and query may be secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }

  /** Reads the next head; null at the end of the connection. */
  static @Nullable HttpRequest read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null || line.isEmpty()) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new BadRequestException("the request line is not METHOD TARGET HTTP/1.1");
    }
    List<HttpHeader> headers = new ArrayList<>();
    for (line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new BadRequestException("a header is not NAME: VALUE, or there are too many");
      }
      headers.add(new HttpHeader(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    if (line == null) {
      throw new BadRequestException("the connection ended within the head");
    }
    String target = originForm(parts[1]);
    int mark = target.indexOf('?');
    return new HttpRequest(
        parts[0],
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers);
  }

  /** The Java SDK of version 1 sends {@code POST http://host/putMedia}, as to a proxy. */
  private static String originForm(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        if (line.length() == 0) {
          return null;
        }
        throw new BadRequestException("the connection ended within a line");
      }
      if (line.length() == LONGEST_LINE) {
        throw new BadRequestException("a line of the head is too long");
      }
      line.append((char) next);
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
