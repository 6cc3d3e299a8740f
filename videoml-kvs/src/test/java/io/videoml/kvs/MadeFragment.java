package io.videoml.kvs;

import io.videoml.kvs.fragment.FragmentNumber;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fragment as GetMedia sends it, made for a test. Its frames say in their bytes which they are.
 */
final class MadeFragment {
  /** A frame, at a time from the cluster's. */
  record MadeFrame(int track, int millis, boolean key, byte[] data) {}

  /** An {@code avcC} that no decoder sees. */
  static final byte[] AVCC = {1, 66, 0, 30, (byte) 0xff, (byte) 0xe0, 0};

  final String number;
  Instant server = Instant.ofEpochSecond(1_700_000_000);
  @Nullable Instant producer = Instant.ofEpochSecond(1_700_000_000);
  long clusterMillis;
  String codec = "V_MPEG4/ISO/AVC";
  byte[] codecPrivate = AVCC;
  int errorId;
  String errorCode = ""; // without a number
  boolean token = true;
  boolean knownSize;
  boolean video = true;
  long defaultDuration;
  final List<MadeFrame> frames = new ArrayList<>();

  MadeFragment(String number) {
    this.number = number;
  }

  FragmentNumber fragmentNumber() {
    return new FragmentNumber(number);
  }

  /** Adds pictures, the first a key frame, with a sound between. */
  MadeFragment pictures(int count, int everyMillis, int size) {
    for (int i = 0; i < count; i++) {
      frames.add(new MadeFrame(1, i * everyMillis, i == 0, content(i, size)));
      frames.add(new MadeFrame(2, i * everyMillis, true, new byte[] {1, 2, 3}));
    }
    return this;
  }

  /** Returns what a picture says: its fragment, and its place in it. */
  static String name(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    String text = new String(bytes, StandardCharsets.US_ASCII);
    return text.substring(0, text.indexOf('|'));
  }

  String name(int picture) {
    return number + "#" + picture;
  }

  byte[] content(int picture, int size) {
    byte[] name = (name(picture) + "|").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer data = ByteBuffer.allocate(Math.max(size, name.length)).put(name);
    for (int i = 0; data.hasRemaining(); i++) {
      data.put((byte) (i * 31 + picture));
    }
    return data.array();
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        element(0x1A45DFA3, element(0x4282, "matroska".getBytes(StandardCharsets.US_ASCII))));
    out.writeBytes(new byte[] {0x18, 0x53, (byte) 0x80, 0x67, 1, -1, -1, -1, -1, -1, -1, -1});
    out.writeBytes(element(0x1549A966, element(0x2AD7B1, number(1_000_000))));
    out.writeBytes(
        element(
            0x1654AE6B,
            video ? track(1, 1, codec, codecPrivate, defaultDuration) : new byte[0],
            track(2, 2, "A_AAC", new byte[] {18, 16}, 0)));
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("FRAGMENT_NUMBER", number);
    tags.put("SERVER_TIMESTAMP", seconds(server));
    if (producer != null) {
      tags.put("PRODUCER_TIMESTAMP", seconds(producer));
    }
    out.writeBytes(tags(tags));
    if (errorId != 0) {
      out.writeBytes(tags(Map.of("ERROR_ID", "" + errorId, "ERROR_CODE", "MADE_UP")));
      return out.toByteArray();
    }
    if (!errorCode.isEmpty()) {
      out.writeBytes(tags(Map.of("ERROR_CODE", errorCode)));
      return out.toByteArray();
    }
    ByteArrayOutputStream cluster = new ByteArrayOutputStream();
    cluster.writeBytes(element(0xE7, number(clusterMillis)));
    for (MadeFrame frame : frames) {
      ByteBuffer block = ByteBuffer.allocate(4 + frame.data().length);
      block.put((byte) (0x80 | frame.track())).putShort((short) frame.millis());
      block.put((byte) (frame.key() ? 0x80 : 0)).put(frame.data());
      cluster.writeBytes(element(0xA3, block.array()));
    }
    if (knownSize) {
      out.writeBytes(element(0x1F43B675, cluster.toByteArray()));
    } else {
      out.writeBytes(new byte[] {0x1F, 0x43, (byte) 0xB6, 0x75, 1, -1, -1, -1, -1, -1, -1, -1});
      out.writeBytes(cluster.toByteArray());
    }
    if (token) {
      tags.clear();
      tags.put("MILLIS_BEHIND_NOW", "1234");
      tags.put("CONTINUATION_TOKEN", number);
      out.writeBytes(tags(tags));
    }
    return out.toByteArray();
  }

  private static byte[] track(
      int number, int type, String codec, byte[] codecPrivate, long duration) {
    byte[] padded = new byte[32];
    System.arraycopy(codec.getBytes(StandardCharsets.US_ASCII), 0, padded, 0, codec.length());
    return element(
        0xAE,
        element(0xD7, number(number)),
        element(0x83, number(type)),
        element(0x86, padded),
        duration > 0 ? element(0x23E383, number(duration)) : new byte[0],
        codecPrivate.length > 0 ? element(0x63A2, codecPrivate) : new byte[0],
        type == 1
            ? element(0xE0, element(0xB0, number(64)), element(0xBA, number(48)))
            : new byte[0]);
  }

  private static byte[] tags(Map<String, String> tags) {
    List<byte[]> simple = new ArrayList<>();
    tags.forEach(
        (name, value) ->
            simple.add(
                element(
                    0x67C8,
                    element(
                        0x45A3, ("AWS_KINESISVIDEO_" + name).getBytes(StandardCharsets.US_ASCII)),
                    element(0x4487, value.getBytes(StandardCharsets.US_ASCII)))));
    return element(0x1254C367, element(0x7373, simple.toArray(byte[][]::new)));
  }

  private static String seconds(Instant time) {
    return String.format(Locale.ROOT, "%d.%03d", time.getEpochSecond(), time.getNano() / 1_000_000);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  private static byte[] element(int id, byte[]... contents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >>> shift != 0) {
        out.write(id >>> shift);
      }
    }
    long length = 0;
    for (byte[] each : contents) {
      length += each.length;
    }
    out.writeBytes(ByteBuffer.allocate(8).putLong(length | 1L << 56).array());
    for (byte[] each : contents) {
      out.writeBytes(each);
    }
    return out.toByteArray();
  }
}
