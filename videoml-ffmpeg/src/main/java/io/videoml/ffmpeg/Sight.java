package io.videoml.ffmpeg;

/**
 * What a picture that came out of the decoder says of itself.
 *
 * @param sequence the number of its packet; 0 where the decoder did not carry it along
 * @param ticks its timestamp
 * @param keyFrame whether it needs no other
 * @param corrupt whether it, or one that it refers to, is damaged
 */
record Sight(long sequence, long ticks, boolean keyFrame, boolean corrupt) {
  boolean whole() {
    return keyFrame && !corrupt;
  }
}
