package io.videoml.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/**
 * Models and references outside the repository; tests that need them are skipped, aloud, where they
 * are not.
 */
final class Shared {
  private Shared() {}

  static Path file(String name) {
    String shared = System.getProperty("videoml.shared", "");
    Path file = Path.of(shared, "data", name);
    assumeTrue(
        !shared.isEmpty() && Files.exists(file),
        "not on this machine (-Dvideoml.shared): data/" + name);
    return file;
  }

  static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(file(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BufferedImage picture(String name) {
    try {
      return ImageIO.read(file(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a part of a picture as a frame, in BGR. */
  static OwnedFrame frame(BufferedImage picture, int left, int top, int right, int bottom) {
    int width = right - left;
    int height = bottom - top;
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int rgb = picture.getRGB(left + i % width, top + i / width);
      for (int channel = 0; channel < 3; channel++) {
        pixels[3 * i + channel] = (byte) (rgb >> 8 * channel);
      }
    }
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return Frame.of(FrameInfo.of(0, width, height, PixelFormat.BGR24, time), pixels);
  }

  static OwnedFrame frame(BufferedImage picture) {
    return frame(picture, 0, 0, picture.getWidth(), picture.getHeight());
  }
}
