package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * One track of a fragment. Fragments whose tracks were written alike share the object.
 *
 * @param number as blocks name it
 * @param type what it holds
 * @param name as the producer calls it; may be empty
 * @param codecId as {@code "V_MPEG4/ISO/AVC"}
 * @param codecPrivate what a decoder needs first, copied; empty where there is none
 * @param width in pixels; 0 where the fragment does not say
 * @param height likewise
 * @param defaultDurationNanos how long a frame lasts by what the producer promised; 0 where it did
 *     not
 */
public record KvsTrack(
    long number,
    Type type,
    String name,
    String codecId,
    ByteBuffer codecPrivate,
    int width,
    int height,
    long defaultDurationNanos) {

  /** What a track holds. */
  public enum Type {
    /** Pictures. */
    VIDEO,
    /** Sound. */
    AUDIO,
    /** Something else, as subtitles. */
    OTHER
  }

  public KvsTrack {
    requireNonNull(type, "type");
    requireNonNull(name, "name");
    requireNonNull(codecId, "codecId");
    ByteBuffer copy = ByteBuffer.allocate(codecPrivate.remaining());
    codecPrivate = copy.put(codecPrivate.duplicate()).flip().asReadOnlyBuffer();
  }

  /** Returns a new read-only view of what a decoder needs first, from its start. */
  @Override
  public ByteBuffer codecPrivate() {
    return codecPrivate.duplicate();
  }
}
