package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** Reads the names and values out of Tags, those within others as well. */
final class TagReader {
  /** Tags in tags: more levels than anybody uses. */
  private static final int MAX_DEPTH = 8;

  private final Cursor tags = new Cursor();
  private final Cursor[] levels = new Cursor[MAX_DEPTH];

  private int left;

  TagReader() {
    for (int i = 0; i < MAX_DEPTH; i++) {
      levels[i] = new Cursor();
    }
  }

  /**
   * @param limit the most tags
   */
  void read(ByteBuffer in, int from, int to, long base, int limit, BiConsumer<String, String> tag) {
    left = limit;
    tags.over(in, from, to, base);
    while (tags.next()) {
      if (tags.id() == Ids.TAG) {
        simpleTags(tags, 0, tag);
      }
    }
  }

  private void simpleTags(Cursor parent, int depth, BiConsumer<String, String> tag) {
    if (depth == MAX_DEPTH) {
      throw parent.fail("is a tag in a tag, more than " + MAX_DEPTH + " deep");
    }
    Cursor cursor = levels[depth];
    cursor.into(parent);
    String name = "";
    String value = "";
    while (cursor.next()) {
      switch (cursor.id()) {
        case Ids.TAG_NAME -> name = cursor.text();
        case Ids.TAG_STRING -> value = cursor.text();
        case Ids.SIMPLE_TAG -> simpleTags(cursor, depth + 1, tag);
        default -> {}
      }
    }
    // Those directly in a Tag have names; the Tag itself has none.
    if (!name.isEmpty()) {
      if (left-- == 0) {
        throw cursor.fail("is in a fragment that has more tags than the limit");
      }
      tag.accept(name, value);
    }
  }
}
