package io.videoml.testkit.kvs.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes EBML into memory, with the widths that the service uses. */
final class EbmlOutput {
  /** What id and size take of tags. */
  static final int WIDE_HEADER = 12;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  EbmlOutput raw(byte[] data) {
    bytes.writeBytes(data);
    return this;
  }

  EbmlOutput id(int id) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (id >>> shift != 0) {
        bytes.write(id >>> shift);
      }
    }
    return this;
  }

  /** A container whose end its reader must find. */
  EbmlOutput unknownSize(int id) {
    return id(id).raw(new byte[] {1, -1, -1, -1, -1, -1, -1, -1});
  }

  /** An element whose size takes 8 bytes, as the service writes tags. */
  EbmlOutput wide(int id, byte[] content) {
    id(id);
    bytes.write(1);
    for (int shift = 48; shift >= 0; shift -= 8) {
      bytes.write((int) ((long) content.length >>> shift));
    }
    return raw(content);
  }

  /** One tag that holds these. */
  EbmlOutput tags(Map<String, String> tags) {
    EbmlOutput tag = new EbmlOutput();
    tags.forEach(
        (name, value) ->
            tag.wide(
                Ids.SIMPLE_TAG,
                new EbmlOutput()
                    .wide(Ids.TAG_NAME, name.getBytes(StandardCharsets.UTF_8))
                    .wide(Ids.TAG_STRING, value.getBytes(StandardCharsets.UTF_8))
                    .toByteArray()));
    return wide(Ids.TAGS, new EbmlOutput().wide(Ids.TAG, tag.toByteArray()).toByteArray());
  }
}
