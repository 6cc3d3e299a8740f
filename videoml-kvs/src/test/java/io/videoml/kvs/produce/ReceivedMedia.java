package io.videoml.kvs.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session's bytes hold, read as they come, by a reader that knows only what a producer
 * writes, and shares nothing with the product's.
 */
final class ReceivedMedia {
  /**
   * A fragment.
   *
   * @param keys which frames are key frames
   * @param tags as text
   */
  record Media(
      long timecode, List<byte[]> frames, List<Long> times, List<Boolean> keys, String tags) {
    boolean marked() {
      return tags.contains(KvsProducer.DUPLICATE_TAG);
    }

    List<Long> numbers() {
      return frames.stream().map(frame -> ByteBuffer.wrap(frame).getLong()).toList();
    }
  }

  private byte[] bytes = new byte[0];
  private int read;
  private @Nullable Media current;
  private String codecPrivate = "";

  /** Takes bytes; returns the fragments that ended. */
  List<Media> feed(byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    bytes = all;
    List<Media> ended = new ArrayList<>();
    while (element(ended)) {}
    bytes = Arrays.copyOfRange(bytes, read, bytes.length);
    read = 0;
    return ended;
  }

  /** Returns the fragment that began and did not end. */
  Optional<Media> open() {
    return Optional.ofNullable(current);
  }

  String tracks() {
    return codecPrivate;
  }

  private boolean element(List<Media> ended) {
    int at = read;
    if (at >= bytes.length) {
      return false;
    }
    int idLength = Integer.numberOfLeadingZeros(bytes[at] & 0xFF) - 23;
    if (at + idLength >= bytes.length) {
      return false;
    }
    int id = (int) number(at, idLength);
    at += idLength;
    int sizeLength = Integer.numberOfLeadingZeros(bytes[at] & 0xFF) - 23;
    if (at + sizeLength > bytes.length) {
      return false;
    }
    long size = number(at, sizeLength) & ((1L << (7 * sizeLength)) - 1);
    at += sizeLength;
    boolean unknown = size == (1L << (7 * sizeLength)) - 1;
    if (id == 0x18538067 || id == 0x1F43B675) { // segment, cluster
      if (!unknown) {
        throw new IllegalStateException("a size that is known");
      }
      if (id == 0x1F43B675) {
        end(ended);
      }
      read = at;
      return true;
    }
    if (at + size > bytes.length) {
      return false;
    }
    content(id, Arrays.copyOfRange(bytes, at, (int) (at + size)), ended);
    read = (int) (at + size);
    return true;
  }

  private void content(int id, byte[] content, List<Media> ended) {
    switch (id) {
      case 0x1A45DFA3, 0x1549A966 -> {}
      case 0x1654AE6B -> codecPrivate = new String(content, ISO_8859_1);
      case 0xE7 ->
          current =
              new Media(
                  ByteBuffer.wrap(content).getLong(),
                  new ArrayList<>(),
                  new ArrayList<>(),
                  new ArrayList<>(),
                  "");
      case 0xA3 -> {
        Media media = current;
        if (media == null || content[0] != (byte) 0x81) {
          throw new IllegalStateException("a block outside of a cluster, or of another track");
        }
        media.times().add(media.timecode() + ByteBuffer.wrap(content).getShort(1));
        media.keys().add((content[3] & 0x80) != 0);
        media.frames().add(Arrays.copyOfRange(content, 4, content.length));
      }
      case 0x1254C367 -> {
        String text = new String(content, ISO_8859_1);
        Media media = current;
        if (media == null) {
          if (!text.contains("END_OF_FRAGMENT")) {
            throw new IllegalStateException("tags of no fragment");
          }
        } else {
          current =
              new Media(
                  media.timecode(),
                  media.frames(),
                  media.times(),
                  media.keys(),
                  media.tags() + text);
          if (text.contains("END_OF_FRAGMENT")) {
            end(ended);
          }
        }
      }
      default -> throw new IllegalStateException("element " + Integer.toHexString(id));
    }
  }

  private void end(List<Media> ended) {
    Media media = current;
    if (media != null) {
      ended.add(media);
      current = null;
    }
  }

  private long number(int at, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
