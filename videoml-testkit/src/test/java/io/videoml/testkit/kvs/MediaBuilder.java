package io.videoml.testkit.kvs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes small Matroska by hand: what no real producer would send. */
final class MediaBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A document with so many tracks. */
  MediaBuilder head(int tracks) {
    element("1A45DFA3", bytes("4282886d6174726f736b61"));
    raw("18538067" + "01FFFFFFFFFFFFFF");
    element("1549A966", bytes("2AD7B1830F4240"));
    MediaBuilder entries = new MediaBuilder();
    for (int i = 1; i <= tracks; i++) {
      entries.element("AE", bytes("D781%02x838101".formatted(i) + "8681" + "58"));
    }
    return element("1654AE6B", entries.bytes());
  }

  /** A cluster of unknown size that starts. */
  MediaBuilder cluster(int timecode) {
    raw("1F43B675" + "01FFFFFFFFFFFFFF");
    return element("E7", bytes("%08x".formatted(timecode)));
  }

  MediaBuilder block(int track, int offset) {
    return element("A3", bytes("%02x%04x80".formatted(0x80 | track, offset) + "CAFE"));
  }

  MediaBuilder tag(String name, String value) {
    byte[] simple =
        new MediaBuilder()
            .element("45A3", name.getBytes(StandardCharsets.UTF_8))
            .element("4487", value.getBytes(StandardCharsets.UTF_8))
            .bytes();
    return element(
        "1254C367",
        new MediaBuilder()
            .element("7373", new MediaBuilder().element("67C8", simple).bytes())
            .bytes());
  }

  MediaBuilder element(String id, byte[] content) {
    raw(id);
    raw("08" + "%08x".formatted(content.length)); // a size of 5 bytes
    out.writeBytes(content);
    return this;
  }

  MediaBuilder raw(String hex) {
    out.writeBytes(bytes(hex));
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
