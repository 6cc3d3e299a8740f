package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What a source must deliver from a clip.
 *
 * @param width pixels, as displayed
 * @param height pixels, as displayed
 * @param pts media time of every frame, in presentation order
 * @param keyFrames positions of the key frames, rising
 */
public record ExpectedClip(int width, int height, List<Duration> pts, List<Long> keyFrames) {
  public ExpectedClip {
    pts = List.copyOf(requireNonNull(pts, "pts"));
    keyFrames = List.copyOf(requireNonNull(keyFrames, "keyFrames"));
  }

  /** Returns the number of frames. */
  public int frames() {
    return pts.size();
  }
}
