package io.videoml.onnx;

import java.awt.image.BufferedImage;

/**
 * Bilinear resizing to the last bit as OpenCV does it for 8-bit pictures, with which the references
 * were made: weights of 11 bits, products cut off rather than rounded.
 */
final class FixedPointResize {
  private final int[] from;
  private final int[] weight;
  private final int last;

  private FixedPointResize(int source, int target) {
    from = new int[target];
    weight = new int[target];
    last = source - 1;
    for (int i = 0; i < target; i++) {
      float position = (float) ((i + 0.5) * source / target - 0.5);
      int floor = (int) Math.floor(position);
      boolean outside = floor < 0 || floor >= last;
      from[i] = Math.min(Math.max(floor, 0), last);
      weight[i] = outside ? 0 : (int) Math.rint((position - floor) * 2048);
    }
  }

  static BufferedImage resize(BufferedImage picture, int width, int height) {
    FixedPointResize columns = new FixedPointResize(picture.getWidth(), width);
    FixedPointResize rows = new FixedPointResize(picture.getHeight(), height);
    BufferedImage resized = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int shift = 0; shift < 24; shift += 8) {
          int upper = columns.mix(picture, x, rows.from[y], shift);
          int lower = columns.mix(picture, x, Math.min(rows.from[y] + 1, rows.last), shift);
          int weight = rows.weight[y];
          int level = ((2048 - weight) * (upper >> 4) >> 16) + (weight * (lower >> 4) >> 16);
          rgb |= (level + 2 >> 2) << shift;
        }
        resized.setRGB(x, y, rgb);
      }
    }
    return resized;
  }

  private int mix(BufferedImage picture, int x, int row, int shift) {
    int left = picture.getRGB(from[x], row) >> shift & 0xff;
    int right = picture.getRGB(Math.min(from[x] + 1, last), row) >> shift & 0xff;
    return left * (2048 - weight[x]) + right * weight[x];
  }
}
