package io.videoml.inference;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;

/**
 * Reference data outside the repository; tests that need it are skipped, aloud, where it is not.
 */
final class SharedData {
  private SharedData() {}

  private static Path reference(String name) {
    String shared = System.getProperty("videoml.shared", "");
    Path file = Path.of(shared, "data", "reference", name);
    assumeTrue(
        !shared.isEmpty() && Files.exists(file),
        "reference data is not on this machine (-Dvideoml.shared): data/reference/" + name);
    return file;
  }

  static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(reference(name).toFile());
  }

  static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(reference(name)));
    float[] values = new float[bytes.capacity() / 4];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static Frame frame(String png, PixelFormat format) throws IOException {
    BufferedImage image = ImageIO.read(reference(png).toFile());
    byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        for (int channel = 0; channel < 3; channel++) {
          int shift = format == PixelFormat.BGR24 ? 8 * channel : 16 - 8 * channel;
          pixels[at++] = (byte) (rgb >> shift);
        }
      }
    }
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return Frame.of(FrameInfo.of(0, image.getWidth(), image.getHeight(), format, time), pixels);
  }
}
