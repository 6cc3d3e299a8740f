package io.videoml.kvs.mux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The Matroska of a session: a header, then clusters with their frames and tags. Neither segment
 * nor clusters say how long they are: what is next ends them, so that a frame can leave before the
 * next came. Times are milliseconds.
 *
 * <p>Threading: any; it holds nothing.
 */
public final class FragmentBytes {
  /** Ends a fragment before the next begins. */
  private static final String END = "AWS_KINESISVIDEO_END_OF_FRAGMENT";

  private static final byte[] UNKNOWN = {1, -1, -1, -1, -1, -1, -1, -1};
  private static final int BLOCK_HEADER = 4;

  private FragmentBytes() {}

  /** Returns what a session begins with. */
  public static byte[] header(VideoTrack track) {
    ByteArrayOutputStream ebml = new ByteArrayOutputStream();
    number(ebml, 0x4286, 1); // EBMLVersion
    number(ebml, 0x42F7, 1); // EBMLReadVersion
    number(ebml, 0x42F2, 4); // EBMLMaxIDLength
    number(ebml, 0x42F3, 8); // EBMLMaxSizeLength
    text(ebml, 0x4282, "matroska"); // DocType
    number(ebml, 0x4287, 2); // DocTypeVersion
    number(ebml, 0x4285, 2); // DocTypeReadVersion
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    number(info, 0x2AD7B1, 1_000_000); // TimestampScale: milliseconds
    text(info, 0x4D80, "videoml"); // MuxingApp
    text(info, 0x5741, "videoml"); // WritingApp
    ByteArrayOutputStream tracks = new ByteArrayOutputStream();
    element(tracks, 0xAE, entry(track).toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    element(out, 0x1A45DFA3, ebml.toByteArray());
    id(out, 0x18538067); // Segment
    out.writeBytes(UNKNOWN);
    element(out, 0x1549A966, info.toByteArray());
    element(out, 0x1654AE6B, tracks.toByteArray());
    return out.toByteArray();
  }

  /** Returns the beginning of a fragment. */
  public static byte[] cluster(long timecodeMillis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    id(out, 0x1F43B675);
    out.writeBytes(UNKNOWN);
    id(out, 0xE7); // Timestamp
    size(out, 8);
    out.writeBytes(ByteBuffer.allocate(8).putLong(timecodeMillis).array());
    return out.toByteArray();
  }

  /**
   * Returns a frame with its header, in memory of its own.
   *
   * @param offsetMillis from its cluster, within what a short holds
   */
  public static byte[] frame(PacketConverter converter, int offsetMillis, boolean keyFrame) {
    int length = converter.length() + BLOCK_HEADER;
    ByteBuffer out = ByteBuffer.allocate(1 + sizeLength(length) + length);
    out.put((byte) 0xA3); // SimpleBlock
    size(out, length);
    out.put((byte) 0x81); // track 1
    out.putShort((short) offsetMillis);
    out.put((byte) (keyFrame ? 0x80 : 0));
    converter.write(out);
    return out.array();
  }

  /** Returns tags, which belong to the fragment before them; nothing for none. */
  public static byte[] tags(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream simple = new ByteArrayOutputStream();
    tags.forEach(
        (name, value) -> {
          ByteArrayOutputStream one = new ByteArrayOutputStream();
          text(one, 0x45A3, name); // TagName
          text(one, 0x4487, value); // TagString
          element(simple, 0x67C8, one.toByteArray());
        });
    ByteArrayOutputStream tag = new ByteArrayOutputStream();
    element(tag, 0x7373, simple.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    element(out, 0x1254C367, tag.toByteArray());
    return out.toByteArray();
  }

  /** Returns what tells the service that a fragment is over, where no other follows. */
  public static byte[] endOfFragment() {
    return tags(Map.of(END, ""));
  }

  /** Returns an element that readers skip, for bytes of the caller's own. */
  public static byte[] voidElement(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    element(out, 0xEC, content);
    return out.toByteArray();
  }

  private static ByteArrayOutputStream entry(VideoTrack track) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 0xD7, 1); // TrackNumber
    number(out, 0x73C5, 1); // TrackUID
    number(out, 0x83, 1); // TrackType: video
    number(out, 0x9C, 0); // FlagLacing
    text(out, 0x536E, "video"); // Name
    text(out, 0x86, track.codecId());
    ByteBuffer privateData = track.codecPrivate();
    if (privateData.hasRemaining()) {
      byte[] bytes = new byte[privateData.remaining()];
      privateData.get(bytes);
      element(out, 0x63A2, bytes);
    }
    if (track.width() > 0 && track.height() > 0) {
      ByteArrayOutputStream video = new ByteArrayOutputStream();
      number(video, 0xB0, track.width()); // PixelWidth
      number(video, 0xBA, track.height()); // PixelHeight
      element(out, 0xE0, video.toByteArray());
    }
    return out;
  }

  private static void element(ByteArrayOutputStream out, int id, byte[] content) {
    id(out, id);
    size(out, content.length);
    out.writeBytes(content);
  }

  private static void text(ByteArrayOutputStream out, int id, String text) {
    element(out, id, text.getBytes(UTF_8));
  }

  private static void number(ByteArrayOutputStream out, int id, long value) {
    int length = Math.max(1, (71 - Long.numberOfLeadingZeros(value)) / 8);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * (length - 1 - i)));
    }
    element(out, id, bytes);
  }

  private static void id(ByteArrayOutputStream out, int id) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >>> shift != 0) {
        out.write(id >>> shift);
      }
    }
  }

  private static void size(ByteArrayOutputStream out, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(sizeLength(size));
    size(bytes, size);
    out.writeBytes(bytes.array());
  }

  private static void size(ByteBuffer out, int size) {
    int length = sizeLength(size);
    long marked = size | (1L << (7 * length));
    for (int i = length - 1; i >= 0; i--) {
      out.put((byte) (marked >> (8 * i)));
    }
  }

  /** All ones would mean that the size is unknown. */
  private static int sizeLength(int size) {
    int length = 1;
    while (size >= (1L << (7 * length)) - 1) {
      length++;
    }
    return length;
  }
}
