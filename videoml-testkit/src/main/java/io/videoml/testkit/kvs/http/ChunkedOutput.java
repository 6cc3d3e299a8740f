package io.videoml.testkit.kvs.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body in chunks, each write one, sent at once. Closing sends the last, empty one. */
final class ChunkedOutput extends OutputStream {
  private static final int LARGEST = 16_384;

  private final OutputStream out;
  private boolean closed;

  ChunkedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] data, int from, int length) throws IOException {
    if (closed) {
      throw new IOException("the body has ended");
    }
    for (int at = 0; at < length; at += LARGEST) {
      int size = Math.min(LARGEST, length - at);
      byte[] head = (Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] chunk = new byte[head.length + size + 2];
      System.arraycopy(head, 0, chunk, 0, head.length);
      System.arraycopy(data, from + at, chunk, head.length, size);
      chunk[chunk.length - 2] = '\r';
      chunk[chunk.length - 1] = '\n';
      out.write(chunk);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }
}
