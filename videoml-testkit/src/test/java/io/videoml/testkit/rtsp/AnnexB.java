package io.videoml.testkit.rtsp;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Makes a raw H.264 file of what came by RTP (RFC 6184). */
final class AnnexB {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private AnnexB() {}

  static byte[] of(List<Packet> packets) {
    AnnexB file = new AnnexB();
    packets.forEach(packet -> file.add(packet.bytes()));
    return file.out.toByteArray();
  }

  private void add(byte[] packet) {
    int type = packet[12] & 0x1f;
    if (type == 28) {
      if ((packet[13] & 0x80) != 0) {
        start();
        out.write((packet[12] & 0xe0) | (packet[13] & 0x1f));
      }
      out.write(packet, 14, packet.length - 14);
    } else if (type == 24) {
      for (int at = 13; at < packet.length; ) {
        int length = (packet[at] & 0xff) << 8 | packet[at + 1] & 0xff;
        start();
        out.write(packet, at + 2, length);
        at += 2 + length;
      }
    } else {
      start();
      out.write(packet, 12, packet.length - 12);
    }
  }

  private void start() {
    out.writeBytes(new byte[] {0, 0, 0, 1});
  }
}
