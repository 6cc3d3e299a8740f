package io.videoml.kvs.produce;

import io.videoml.kvs.mux.FragmentBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The form of a file of the spool: a fragment that players can play, then an element that they skip
 * with what we need to know of it, and a checksum of all.
 */
final class SpoolFile {
  private static final long MAGIC = 0x5649444d4b565331L; // "VIDMKVS1"
  private static final int CONTENT = 8 + 4 + 4 + 8 + 8 + 4 + 4 + 4 + 4;
  static final int TRAILER = 2 + CONTENT;

  private SpoolFile() {}

  static void write(Path file, Fragment fragment, List<byte[]> pieces, boolean sync)
      throws IOException {
    CRC32C sum = new CRC32C();
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      append(out, fragment.header, sum);
      int length = 0;
      for (byte[] piece : pieces) {
        append(out, piece, sum);
        length += piece.length;
      }
      ByteBuffer facts = ByteBuffer.allocate(CONTENT);
      facts.putLong(MAGIC).putInt(fragment.header.length).putInt(length);
      facts.putLong(fragment.timecodeMillis).putLong(fragment.lastMillis);
      facts.putInt(fragment.frames).putInt(fragment.run);
      facts.putInt(fragment.startsWithKeyFrame ? 1 : 0);
      sum.update(facts.array(), 0, facts.position());
      facts.putInt((int) sum.getValue());
      append(out, FragmentBytes.voidElement(facts.array()), new CRC32C());
      if (sync) {
        out.force(true);
      }
    }
  }

  /**
   * Reads all but the media.
   *
   * @param known the header of another, which is shared if it is the same
   * @throws IOException if it is no whole file of ours
   */
  static Fragment open(Path file, long sequence, byte[] known) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer facts = facts(in);
      int headerLength = facts.getInt();
      int length = facts.getInt();
      if (headerLength < 0 || length < 0 || (long) headerLength + length + TRAILER != in.size()) {
        throw new IOException("it is cut off");
      }
      long timecode = facts.getLong();
      long last = facts.getLong();
      int frames = facts.getInt();
      int run = facts.getInt();
      boolean key = facts.getInt() == 1;
      byte[] own = read(in, 0, headerLength);
      byte[] header = Arrays.equals(own, known) ? known : own;
      Fragment fragment = new Fragment(sequence, run, header, timecode, key);
      fragment.lastMillis = last;
      fragment.frames = frames;
      fragment.bytes = length;
      fragment.pieces = null;
      fragment.sealed = true;
      fragment.spooled = true;
      return fragment;
    }
  }

  /**
   * Reads the media.
   *
   * @throws IOException if it cannot be read, or is not what was written
   */
  static byte[] media(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer facts = facts(in);
      int headerLength = facts.getInt();
      int length = facts.getInt();
      if (headerLength < 0 || length < 0 || (long) headerLength + length + TRAILER != in.size()) {
        throw new IOException("it is cut off");
      }
      byte[] media = read(in, headerLength, length);
      CRC32C sum = new CRC32C();
      sum.update(read(in, 0, headerLength));
      sum.update(media);
      sum.update(facts.duplicate().rewind().limit(CONTENT - 4));
      if ((int) sum.getValue() != facts.getInt(CONTENT - 4)) {
        throw new IOException("its checksum is wrong");
      }
      return media;
    }
  }

  private static ByteBuffer facts(FileChannel in) throws IOException {
    if (in.size() < TRAILER) {
      throw new IOException("it is cut off");
    }
    ByteBuffer facts = ByteBuffer.wrap(read(in, in.size() - CONTENT, CONTENT));
    if (facts.getLong() != MAGIC) {
      throw new IOException("its end is missing");
    }
    return facts;
  }

  private static byte[] read(FileChannel in, long from, int length) throws IOException {
    byte[] all = new byte[length];
    ByteBuffer bytes = ByteBuffer.wrap(all);
    while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {}
    if (bytes.hasRemaining()) {
      throw new IOException("it is cut off");
    }
    return all;
  }

  private static void append(FileChannel out, byte[] bytes, CRC32C sum) throws IOException {
    sum.update(bytes);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      out.write(rest);
    }
  }
}
