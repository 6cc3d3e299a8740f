package io.videoml.testkit;

/** Generated clips of 60 frames, 64×48 pixels, 30 frames a second, a key frame every 12. */
public final class TestClips {
  private TestClips() {}

  /** Returns a clip in which nothing changes: a slope from dark to bright. */
  public static TestClip still() {
    return clip((frame, x, y) -> 40 + x + y);
  }

  /**
   * Returns a clip of a bright 12×12 square that moves one pixel right a frame, over a still slope.
   */
  public static TestClip movingSquare() {
    return clip((frame, x, y) -> x >= frame && x < frame + 12 && y >= 18 && y < 30 ? 230 : 40 + x);
  }

  /** Returns a clip of noise, other noise in every frame but the same at every reading. */
  public static TestClip noise() {
    return clip((frame, x, y) -> scramble(frame * 1_000_003 + y * 1009 + x) & 0xff);
  }

  /** Returns a clip that is dark up to the given frame and bright from it on. */
  public static TestClip cutAt(int cut) {
    return clip((frame, x, y) -> (frame < cut ? 30 : 180) + (x + y) % 16);
  }

  private static TestClip clip(LumaPainter painter) {
    return new TestClip(64, 48, 60, 30, 12, painter);
  }

  /** Murmur3's last mixing step: neighbouring numbers come out unrelated. */
  private static int scramble(int value) {
    int mixed = value * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }
}
