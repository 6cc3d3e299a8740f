package io.videoml.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Fragments as GetMedia sends them, of noise, for machines without a recording. */
final class SyntheticFragments {
  private static final int FRAME = 8300;

  private SyntheticFragments() {}

  static byte[] of(int fragments, int frames) {
    Random random = new Random(5);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 1; i <= fragments; i++) {
      stream.writeBytes(element(0x1A45DFA3, element(0x4282, text("matroska"))));
      stream.writeBytes(new byte[] {0x18, 0x53, (byte) 0x80, 0x67, (byte) 0xFF});
      byte[] track =
          join(
              element(0xD7, new byte[] {1}),
              element(0x83, new byte[] {1}),
              element(0x86, text("V_MPEG4/ISO/AVC")));
      stream.writeBytes(element(0x1654AE6B, element(0xAE, track)));
      stream.writeBytes(tag("AWS_KINESISVIDEO_FRAGMENT_NUMBER", "" + i));
      byte[] cluster = element(0xE7, new byte[] {0});
      for (int frame = 0; frame < frames; frame++) {
        byte[] block = new byte[4 + FRAME];
        random.nextBytes(block);
        ByteBuffer.wrap(block).put((byte) 0x81).putShort((short) (33 * frame)).put((byte) 0);
        cluster = join(cluster, element(0xA3, block));
      }
      stream.writeBytes(element(0x1F43B675, cluster));
      stream.writeBytes(tag("AWS_KINESISVIDEO_CONTINUATION_TOKEN", "" + i));
    }
    return stream.toByteArray();
  }

  private static byte[] tag(String name, String value) {
    byte[] simple = join(element(0x45A3, text(name)), element(0x4487, text(value)));
    return element(0x1254C367, element(0x7373, element(0x67C8, simple)));
  }

  private static byte[] element(int id, byte[] data) {
    int idLength = 4 - Integer.numberOfLeadingZeros(id) / 8;
    ByteBuffer header = ByteBuffer.allocate(idLength + 8);
    for (int i = idLength - 1; i >= 0; i--) {
      header.put((byte) (id >> (8 * i)));
    }
    header.putLong(data.length | 1L << 56);
    return join(header.array(), data);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
