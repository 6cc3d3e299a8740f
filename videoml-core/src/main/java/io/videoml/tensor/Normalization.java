package io.videoml.tensor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Maps a channel's grey level, 0 to 255, to what the model was trained on: {@code (level - mean) /
 * std}.
 *
 * @param mean one value per channel, in the model's channel order, in grey levels
 * @param std one positive value per channel, in grey levels
 */
public record Normalization(List<Float> mean, List<Float> std) {
  /** Grey levels as they are, 0 to 255. */
  public static final Normalization NONE = uniform(0, 1);

  /** Grey levels divided by 255, giving 0 to 1. */
  public static final Normalization UNIT = uniform(0, 255);

  /**
   * The mean and deviation of the ImageNet pictures, for channels in RGB order: what most models
   * with a pretrained backbone were trained with.
   */
  public static final Normalization IMAGENET =
      new Normalization(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f));

  public Normalization {
    mean = List.copyOf(requireNonNull(mean, "mean"));
    std = List.copyOf(requireNonNull(std, "std"));
    if (mean.size() != std.size() || mean.isEmpty()) {
      throw new IllegalArgumentException(
          "mean and std need one value per channel each, had "
              + mean.size()
              + " and "
              + std.size());
    }
    for (float s : std) {
      if (!(s > 0 && Float.isFinite(s))) {
        throw new IllegalArgumentException("std must be positive and finite, was " + s);
      }
    }
    for (float m : mean) {
      if (!Float.isFinite(m)) {
        throw new IllegalArgumentException("mean must be finite, was " + m);
      }
    }
  }

  /** Returns one mean and one standard deviation, in grey levels, for all three channels. */
  public static Normalization uniform(float mean, float std) {
    return new Normalization(List.of(mean, mean, mean), List.of(std, std, std));
  }

  /** Returns the factor that a grey level of the channel is multiplied by. */
  public float scale(int channel) {
    return 1 / std.get(channel);
  }

  /** Returns what is added after {@link #scale}. */
  public float offset(int channel) {
    return -mean.get(channel) / std.get(channel);
  }
}
