package io.videoml.testkit.kvs.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request: of a known length, or in chunks. Its end is the body's, or an error. */
final class BodyInput extends InputStream {
  private final InputStream in;
  private final boolean chunked;
  private long left;
  private boolean first = true;
  private boolean ended;

  private BodyInput(InputStream in, boolean chunked, long left) {
    this.in = in;
    this.chunked = chunked;
    this.left = left;
    this.ended = !chunked && left == 0;
  }

  static BodyInput of(HttpRequest request, InputStream in) throws BadRequestException {
    if (request.hasToken("transfer-encoding", "chunked")) {
      return new BodyInput(in, true, 0);
    }
    try {
      long length = request.header("content-length").map(Long::parseLong).orElse(0L);
      if (length < 0) {
        throw new NumberFormatException();
      }
      return new BodyInput(in, false, length);
    } catch (NumberFormatException e) {
      throw new BadRequestException("content-length must be a number, not negative");
    }
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (left == 0) {
      nextChunk();
      if (ended) {
        return -1;
      }
    }
    int read = in.read(into, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the connection ended within the body");
    }
    left -= read;
    if (!chunked && left == 0) {
      ended = true;
    }
    return read;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
    }
    first = false;
    String size = line().split(";", 2)[0].strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new BadRequestException("a chunk must start with its size in hexadecimal");
    }
    if (left < 0) {
      throw new BadRequestException("a chunk's size must not be negative");
    }
    if (left == 0) {
      String trailer = line();
      while (!trailer.isEmpty()) {
        trailer = line();
      }
      ended = true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended between chunks");
      }
      if (line.length() > 1024) {
        throw new BadRequestException("a chunk's head is too long");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
