package io.videoml.kvs.mux;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * What a session says of its track, and what cannot change within one.
 *
 * @param codecId as Matroska names it
 * @param codecPrivate what a decoder needs first; may be empty. Read-only
 * @param width in pixels; 0 where it is unknown
 * @param height likewise
 */
public record VideoTrack(String codecId, ByteBuffer codecPrivate, int width, int height) {
  public VideoTrack {
    requireNonNull(codecId, "codecId");
    codecPrivate = codecPrivate.asReadOnlyBuffer();
  }

  /** Returns a new view, from its start. */
  @Override
  public ByteBuffer codecPrivate() {
    return codecPrivate.duplicate();
  }
}
