package io.videoml.benchmarks;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_core.split;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2RGB_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.source.FrameReader;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A 1080p frame into a 640x640 letterboxed float model input: one pass of ours against OpenCV's
 * four.
 */
final class InputComparison {
  private static final int SIZE = 640;
  private static final int CALLS = 100;

  private final OwnedFrame frame;
  private final ImageTensor input = ImageTensor.allocate(ImageSpec.letterboxed(SIZE, SIZE));
  private final Mat yuv;
  private final Mat planes;

  InputComparison(Path clip) {
    setNumThreads(1);
    frame = frameOf(clip, 20);
    yuv = packed(frame);
    planes = new Mat(3 * SIZE, SIZE, CV_32FC1);
  }

  List<Ratio> compare(Rounds rounds) {
    Ratio against =
        rounds.compare(
            "1080p frame to 640x640 float planes", "CPU ms", 0.5, this::ours, this::openCv);
    List<Ratio> ratios = new ArrayList<>();
    ratios.add(against);
    ratios.add(new Ratio("the same, CPU ms absolute", against.ours(), 1, "CPU ms", 1.2));
    return ratios;
  }

  private double ours() {
    double start = Cpu.threadSeconds();
    for (int i = 0; i < CALLS; i++) {
      frame.writeTo(input);
    }
    return (Cpu.threadSeconds() - start) * 1000 / CALLS;
  }

  private double openCv() {
    Placement place = input.spec().place(frame.info().width(), frame.info().height());
    int bottom = SIZE - place.y() - place.height();
    try (Mat rgb = new Mat();
        Mat small = new Mat();
        Mat boxed = new Mat();
        Mat floats = new Mat();
        Size size = new Size(place.width(), place.height());
        Scalar gray = new Scalar(114, 114, 114, 0);
        Mat red = planes.rowRange(0, SIZE);
        Mat green = planes.rowRange(SIZE, 2 * SIZE);
        Mat blue = planes.rowRange(2 * SIZE, 3 * SIZE);
        MatVector channels = new MatVector(red, green, blue)) {
      double start = Cpu.threadSeconds();
      for (int i = 0; i < CALLS; i++) {
        cvtColor(yuv, rgb, COLOR_YUV2RGB_I420);
        resize(rgb, small, size, 0, 0, INTER_LINEAR);
        copyMakeBorder(small, boxed, place.y(), bottom, 0, 0, BORDER_CONSTANT, gray);
        boxed.convertTo(floats, CV_32FC3, 1 / 255.0, 0);
        split(floats, channels);
      }
      return (Cpu.threadSeconds() - start) * 1000 / CALLS;
    }
  }

  /** The planes one below the other without padding, as OpenCV wants them. */
  private static Mat packed(Frame frame) {
    int width = frame.info().width();
    int height = frame.info().height();
    Mat mat = new Mat(height * 3 / 2, width, CV_8UC1);
    BytePointer to = mat.data();
    ByteBuffer bytes = to.capacity((long) width * height * 3 / 2).asByteBuffer();
    for (int p = 0; p < 3; p++) {
      Plane plane = frame.plane(p);
      byte[] row = new byte[plane.rowBytes()];
      for (int y = 0; y < plane.rows(); y++) {
        plane.data().get(y * plane.rowStride(), row);
        bytes.put(row);
      }
    }
    return mat;
  }

  private static OwnedFrame frameOf(Path clip, int index) {
    List<OwnedFrame> found = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(clip).open()) {
      while (found.isEmpty()
          && reader.tryAdvance(
              lent -> {
                if (lent.info().index() == index) {
                  found.add(lent.share());
                }
              })) {}
    }
    return found.get(0);
  }
}
