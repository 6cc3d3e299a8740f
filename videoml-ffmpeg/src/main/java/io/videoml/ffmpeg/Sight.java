package io.videoml.ffmpeg;

/**
 * What a picture that came out of the decoder says of itself.
 *
 * @param sequence the number of its packet; 0 where the decoder did not carry it along
 * @param ticks its timestamp
 * @param keyFrame whether it needs no other
 * @param intra whether it was coded without reference to others, as far as the decoder says
 * @param corrupt whether it, or one that it refers to, is damaged
 */
record Sight(long sequence, long ticks, boolean keyFrame, boolean intra, boolean corrupt) {
  /** Returns whether decoding can start at it. */
  boolean whole() {
    return keyFrame && intra && !corrupt;
  }
}
