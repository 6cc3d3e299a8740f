package io.videoml.onnx;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.time.Duration;

/** Pictures for {@link TestModels#brightCells}: black, with bright cells of 8 by 8 pixels. */
final class BrightFrames {
  private BrightFrames() {}

  /** Returns a picture of 64×64 pixels whose first cells of every second row and column are lit. */
  static OwnedFrame lit(int cells) {
    return lit(cells, 64, 64);
  }

  /** As the other, with black to the right and below. */
  static OwnedFrame lit(int cells, int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < cells; i++) {
      int left = i % 4 * 16;
      int top = i / 4 * 16;
      for (int y = top; y < top + 8; y++) {
        for (int x = left; x < left + 8; x++) {
          for (int channel = 0; channel < 3; channel++) {
            pixels[3 * (y * width + x) + channel] = (byte) (250 - 10 * i);
          }
        }
      }
    }
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return Frame.of(FrameInfo.of(0, width, height, PixelFormat.BGR24, time), pixels);
  }
}
