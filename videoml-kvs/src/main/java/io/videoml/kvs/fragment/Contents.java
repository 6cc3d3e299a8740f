package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;

/** Reads elements that are in memory as a whole, and tells the assembly what they say. */
final class Contents {
  private static final String MATROSKA = "matroska";
  private static final String WEBM = "webm";

  private final Assembly assembly;
  private final Cursor cursor = new Cursor();
  private final Block block = new Block();
  private final TagReader tags = new TagReader();
  private final TrackList tracks;

  Contents(Assembly assembly, FragmentLimits limits) {
    this.assembly = assembly;
    this.tracks = new TrackList(limits.tracks());
  }

  /** Forgets the memory that frames lie in. */
  void forget() {
    block.forget();
  }

  /**
   * Reads an element's data.
   *
   * @param base where in the stream the buffer's index 0 is
   */
  void read(int id, ByteBuffer in, int from, int to, long base) {
    switch (id) {
      case Ids.SIMPLE_BLOCK -> {
        block.read(in, from, to, base, assembly.tracks());
        assembly.block(block, base + from);
      }
      case Ids.BLOCK_GROUP -> group(in, from, to, base);
      case Ids.TIMECODE -> assembly.clusterTime(Cursor.unsigned(in, from, to, base), base + to);
      case Ids.EBML -> ebml(in, from, to, base);
      case Ids.INFO -> {
        cursor.over(in, from, to, base);
        while (cursor.next()) {
          if (cursor.id() == Ids.TIMECODE_SCALE) {
            assembly.scale(cursor.unsigned(), base + from);
          }
        }
      }
      case Ids.TRACKS -> assembly.tracks(tracks.read(in, from, to, base));
      case Ids.TAGS -> {
        tags.read(in, from, to, base, assembly.tagsLeft(), assembly.taking());
        assembly.tagsOver(base + to);
      }
      default -> throw new IllegalStateException(Ids.name(id) + " is not read as a whole");
    }
  }

  private void group(ByteBuffer in, int from, int to, long base) {
    boolean key = true;
    int blockFrom = 0;
    int blockTo = -1;
    cursor.over(in, from, to, base);
    while (cursor.next()) {
      if (cursor.id() == Ids.BLOCK) {
        if (blockTo >= 0) {
          throw cursor.fail("is a second block in a group");
        }
        blockFrom = cursor.from();
        blockTo = cursor.to();
      } else if (cursor.id() == Ids.REFERENCE_BLOCK) {
        key = false;
      }
    }
    // A group of encrypted or virtual blocks only, which nobody writes any more.
    if (blockTo >= 0) {
      block.read(in, blockFrom, blockTo, base, assembly.tracks());
      block.keyFrame(key);
      assembly.block(block, base + blockFrom);
    }
  }

  private void ebml(ByteBuffer in, int from, int to, long base) {
    cursor.over(in, from, to, base);
    while (cursor.next()) {
      switch (cursor.id()) {
        case Ids.READ_VERSION -> atMost(1, "is a version of EBML that nobody knows, ");
        case Ids.MAX_ID_LENGTH -> atMost(4, "allows ids of more than 4 bytes, ");
        case Ids.MAX_SIZE_LENGTH -> atMost(8, "allows sizes of more than 8 bytes, ");
        case Ids.DOC_TYPE -> {
          String type = cursor.text();
          if (!type.equals(MATROSKA) && !type.equals(WEBM)) {
            throw cursor.fail("says that this is no Matroska but \"" + printable(type) + "\"");
          }
        }
        default -> {}
      }
    }
  }

  private void atMost(long limit, String problem) {
    long value = cursor.unsigned();
    if (value > limit) {
      throw cursor.fail(problem + value);
    }
  }

  private static String printable(String text) {
    String start = text.substring(0, Math.min(text.length(), 40));
    return start.replaceAll("[^ -~]", "?");
  }
}
