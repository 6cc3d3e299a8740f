package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.source.FrameReader;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Normalization;
import io.videoml.tensor.Resampling;
import io.videoml.tensor.TensorLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames converted in 8 bits against the pictures that OpenCV made of the same frames. */
class ReferencePixelsTest {

  @ParameterizedTest
  @CsvSource({
    "vtest_480x360.mp4, vtest_480x360_f00100",
    "one-by-one-person-detection.mp4, one-by-one-person-detection_f00060",
    "cars_768x768.h264, cars_768x768_f00050",
    "people_crowd_faces.mp4, people_crowd_faces_f00100",
    "asl_book_face.mkv, asl_book_face_f00030"
  })
  void writeTo_eightBitInput_isOpenCvsPictureToTheBit(String video, String png) throws IOException {
    Path data = SharedData.root();
    BufferedImage expected =
        ImageIO.read(data.resolve("reference/frames/" + png + ".png").toFile());
    int wanted = Integer.parseInt(png.substring(png.lastIndexOf("_f") + 2));
    List<Integer> differences = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(data.resolve("videos/" + video)).open()) {
      while (differences.isEmpty()
          && reader.tryAdvance(
              frame -> {
                if (frame.info().index() == wanted) {
                  differences.addAll(differences(frame, expected));
                }
              })) {}
    }

    assertThat(differences).isNotEmpty().allMatch(difference -> difference == 0);
  }

  private static List<Integer> differences(Frame frame, BufferedImage expected) {
    int width = frame.info().width();
    int height = frame.info().height();
    ImageTensor written =
        ImageTensor.allocate(
            ImageSpec.letterboxed(width, height)
                .withFit(Fit.STRETCH, 0)
                .withColor(ChannelOrder.RGB, Normalization.NONE)
                .withMemory(ElementType.UINT8, TensorLayout.NHWC)
                .withResampling(Resampling.OPENCV));
    frame.writeTo(written);
    List<Integer> differences = new ArrayList<>();
    for (int i = 0; i < width * height; i++) {
      int rgb = expected.getRGB(i % width, i / width);
      for (int channel = 0; channel < 3; channel++) {
        int level = rgb >> 16 - 8 * channel & 0xff;
        differences.add((written.data().get(3 * i + channel) & 0xff) - level);
      }
    }
    return differences;
  }
}
