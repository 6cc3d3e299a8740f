package io.videoml.kvs.putmedia;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Finds acknowledgements in the answer to PutMedia as it comes: JSON objects, with or without
 * newlines between them. Anything else is passed over.
 */
final class AckScanner {
  private static final int LONGEST = 64 << 10; // real ones have 150 bytes

  private final Consumer<Ack> acks;
  private final ByteArrayOutputStream object = new ByteArrayOutputStream();
  private int depth;
  private boolean quoted;
  private boolean escaped;

  AckScanner(Consumer<Ack> acks) {
    this.acks = acks;
  }

  void feed(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      feed(bytes.get());
    }
  }

  private void feed(byte next) {
    if (depth == 0 && next != '{') {
      return;
    }
    object.write(next);
    if (escaped) {
      escaped = false;
    } else if (quoted) {
      escaped = next == '\\';
      quoted = next != '"';
    } else if (next == '"') {
      quoted = true;
    } else if (next == '{') {
      depth++;
    } else if (next == '}') {
      depth--;
      if (depth == 0) {
        acks.accept(AckFields.read(object.toString(UTF_8)));
        object.reset();
      }
    }
    if (object.size() > LONGEST) { // nothing of ours; look for the next
      object.reset();
      depth = 0;
      quoted = false;
      escaped = false;
    }
  }
}
