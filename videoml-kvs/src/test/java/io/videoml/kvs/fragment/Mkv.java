package io.videoml.kvs.fragment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes small documents, well-formed or not, element by element. */
final class Mkv {
  static final int KEY = 0x80;
  static final String NUMBER = "AWS_KINESISVIDEO_FRAGMENT_NUMBER";
  static final String TOKEN = "AWS_KINESISVIDEO_CONTINUATION_TOKEN";
  static final String END = "AWS_KINESISVIDEO_END_OF_FRAGMENT";

  private Mkv() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Returns an element whose size takes as few bytes as possible. */
  static byte[] element(int id, byte[]... children) {
    byte[] data = join(children);
    int width = 1;
    while (data.length >= (1L << (7 * width)) - 1) {
      width++;
    }
    return join(id(id), size(data.length, width), data);
  }

  /** Returns an element whose size takes 8 bytes, as the service writes it. */
  static byte[] wide(int id, byte[]... children) {
    byte[] data = join(children);
    return join(id(id), size(data.length, 8), data);
  }

  /** Returns an element without a size. */
  static byte[] unsized(int id, byte[]... children) {
    return join(id(id), bytes(0xFF), join(children));
  }

  /** Returns an element that claims a size. */
  static byte[] claiming(int id, long size, byte[]... children) {
    return join(id(id), size(size, 8), join(children));
  }

  static byte[] id(int id) {
    byte[] four = ByteBuffer.allocate(4).putInt(id).array();
    int from = Integer.numberOfLeadingZeros(id) / 8;
    return Arrays.copyOfRange(four, from, 4);
  }

  static byte[] size(long size, int width) {
    byte[] eight = ByteBuffer.allocate(8).putLong(size | 1L << (7 * width)).array();
    return Arrays.copyOfRange(eight, 8 - width, 8);
  }

  static byte[] number(int id, long value) {
    return element(id, ByteBuffer.allocate(8).putLong(value).array());
  }

  static byte[] text(int id, String value) {
    return element(id, value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] header() {
    return element(
        Ids.EBML,
        number(Ids.READ_VERSION, 1),
        number(Ids.MAX_ID_LENGTH, 4),
        text(Ids.DOC_TYPE, "matroska"));
  }

  static byte[] info(long scale) {
    return element(Ids.INFO, number(Ids.TIMECODE_SCALE, scale));
  }

  static byte[] tracks() {
    return element(Ids.TRACKS, track(1));
  }

  static byte[] track(long number, byte[]... more) {
    return element(
        Ids.TRACK_ENTRY,
        number(Ids.TRACK_NUMBER, number),
        number(Ids.TRACK_TYPE, 1),
        text(Ids.CODEC_ID, "V_MPEG4/ISO/AVC"),
        join(more));
  }

  static byte[] tag(String name, String value) {
    return element(Ids.SIMPLE_TAG, text(Ids.TAG_NAME, name), text(Ids.TAG_STRING, value));
  }

  static byte[] tags(String... namesAndValues) {
    byte[] all = {};
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all = join(all, tag(namesAndValues[i], namesAndValues[i + 1]));
    }
    return element(Ids.TAGS, element(Ids.TAG, all));
  }

  static byte[] time(long time) {
    return number(Ids.TIMECODE, time);
  }

  /** Returns what a block holds, with a track number of one byte. */
  static byte[] block(int track, int time, int flags, byte[]... data) {
    return join(bytes(0x80 | track, time >> 8, time, flags), join(data));
  }

  static byte[] frame(int time, int... data) {
    return element(Ids.SIMPLE_BLOCK, block(1, time, KEY, bytes(data)));
  }

  /** Returns the beginning of a document: all before what the Segment holds. */
  static byte[] document(byte[]... segment) {
    return join(header(), unsized(Ids.SEGMENT, segment));
  }

  /** Returns a fragment as GetMedia has it, of frames of one byte. */
  static byte[] fragment(String number, byte[] cluster) {
    return document(
        info(1_000_000),
        tracks(),
        tags(NUMBER, number, "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP", "1511852108.513"),
        cluster,
        tags("AWS_KINESISVIDEO_MILLIS_BEHIND_NOW", "15", TOKEN, number));
  }
}
