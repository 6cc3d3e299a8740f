package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A track as a producer declared it.
 *
 * @param number from 1
 * @param type Matroska's: 1 video, 2 audio
 * @param codecId as {@code V_MPEG4/ISO/AVC}
 * @param codecPrivate the codec's header, read-only; empty where there is none
 */
public record StoredTrack(int number, int type, String codecId, ByteBuffer codecPrivate) {
  public StoredTrack {
    requireNonNull(codecId, "codecId");
    codecPrivate = requireNonNull(codecPrivate, "codecPrivate").slice().asReadOnlyBuffer();
  }

  /** Returns the codec's header, read-only. */
  @Override
  public ByteBuffer codecPrivate() {
    return codecPrivate.duplicate();
  }

  static List<StoredTrack> parse(ByteBuffer tracks, long position) throws InvalidMediaException {
    List<StoredTrack> found = new ArrayList<>();
    for (Child entry : Child.of(tracks, position)) {
      if (entry.id() == Ids.TRACK_ENTRY) {
        found.add(entry(entry.content(), position));
      }
    }
    return found;
  }

  private static StoredTrack entry(ByteBuffer content, long position) throws InvalidMediaException {
    int number = 0;
    int type = 0;
    String codec = "";
    ByteBuffer header = ByteBuffer.allocate(0);
    for (Child child : Child.of(content, position)) {
      switch (child.id()) {
        case Ids.TRACK_NUMBER -> number = (int) child.number();
        case Ids.TRACK_TYPE -> type = (int) child.number();
        case Ids.CODEC_ID -> codec = child.text();
        case Ids.CODEC_PRIVATE -> header = child.content();
        default -> {}
      }
    }
    if (number < 1) {
      throw new InvalidMediaException("a track must have a number from 1", position);
    }
    return new StoredTrack(number, type, codec, header);
  }
}
