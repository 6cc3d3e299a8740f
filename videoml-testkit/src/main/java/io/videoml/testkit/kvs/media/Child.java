package io.videoml.testkit.kvs.media;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An element within one that was read whole. */
record Child(int id, ByteBuffer content) {

  /** Splits the content of an element into its children. */
  static List<Child> of(ByteBuffer content, long position) throws InvalidMediaException {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    EbmlInput in = new EbmlInput(new ByteArrayInputStream(bytes));
    List<Child> children = new ArrayList<>();
    try {
      while (in.next()) {
        byte[] whole = in.whole();
        int start = in.headerLength();
        children.add(new Child(in.id(), ByteBuffer.wrap(whole, start, whole.length - start)));
      }
    } catch (EOFException e) {
      throw new InvalidMediaException("an element is longer than its parent", position);
    } catch (InvalidMediaException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return children;
  }

  /** Returns an unsigned number of up to 8 bytes. */
  long number() {
    long value = 0;
    for (int i = content.position(); i < content.limit(); i++) {
      value = value << 8 | (content.get(i) & 0xFF);
    }
    return value;
  }

  /** Returns text, without the zeros that some producers fill it up with. */
  String text() {
    String text = StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
