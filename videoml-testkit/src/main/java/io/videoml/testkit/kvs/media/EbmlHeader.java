package io.videoml.testkit.kvs.media;

import java.nio.charset.StandardCharsets;

/** The start of a document that the service writes by itself. */
final class EbmlHeader {
  private EbmlHeader() {}

  static byte[] bytes() {
    EbmlOutput content =
        number(0x4286, 1) // version
            .raw(number(0x42F7, 1).toByteArray()) // what a reader must understand
            .raw(number(0x42F2, 4).toByteArray()) // longest id
            .raw(number(0x42F3, 8).toByteArray()) // longest size
            .wide(0x4282, "matroska".getBytes(StandardCharsets.US_ASCII))
            .raw(number(0x4287, 2).toByteArray()) // the type's version
            .raw(number(0x4285, 2).toByteArray());
    return new EbmlOutput().wide(Ids.EBML, content.toByteArray()).toByteArray();
  }

  private static EbmlOutput number(int id, int value) {
    return new EbmlOutput().id(id).raw(new byte[] {(byte) 0x81, (byte) value});
  }
}
