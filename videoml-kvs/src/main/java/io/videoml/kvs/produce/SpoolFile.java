package io.videoml.kvs.produce;

import io.videoml.kvs.mux.FragmentBytes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The form of a file of the spool: a fragment that players can play, then an element that they skip
 * with what we need to know of it, and a checksum of all. No channels, which an interrupt of the
 * thread closes: a sound file would count as damaged.
 */
final class SpoolFile {
  private static final long MAGIC = 0x5649444d4b565331L; // "VIDMKVS1"
  private static final int CONTENT = 8 + 4 + 4 + 8 + 8 + 4 + 4 + 4 + 4;
  static final int TRAILER = 2 + CONTENT;

  private SpoolFile() {}

  static void write(Path file, Fragment fragment, List<byte[]> pieces, boolean sync)
      throws IOException {
    CRC32C sum = new CRC32C();
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
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
        out.getFD().sync();
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
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer facts = facts(in);
      int headerLength = facts.getInt();
      int length = facts.getInt();
      if (headerLength < 0 || length < 0 || (long) headerLength + length + TRAILER != in.length()) {
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
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer facts = facts(in);
      int headerLength = facts.getInt();
      int length = facts.getInt();
      if (headerLength < 0 || length < 0 || (long) headerLength + length + TRAILER != in.length()) {
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

  private static ByteBuffer facts(RandomAccessFile in) throws IOException {
    if (in.length() < TRAILER) {
      throw new IOException("it is cut off");
    }
    ByteBuffer facts = ByteBuffer.wrap(read(in, in.length() - CONTENT, CONTENT));
    if (facts.getLong() != MAGIC) {
      throw new IOException("its end is missing");
    }
    return facts;
  }

  private static byte[] read(RandomAccessFile in, long from, int length) throws IOException {
    byte[] all = new byte[length];
    in.seek(from);
    in.readFully(all);
    return all;
  }

  private static void append(OutputStream out, byte[] bytes, CRC32C sum) throws IOException {
    sum.update(bytes);
    out.write(bytes);
  }
}
