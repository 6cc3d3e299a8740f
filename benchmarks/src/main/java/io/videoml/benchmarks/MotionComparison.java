package io.videoml.benchmarks;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.absdiff;
import static org.bytedeco.opencv.global.opencv_core.countNonZero;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.threshold;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * What deciding by motion costs: against decoding, absolutely, and against the same work done with
 * OpenCV.
 */
final class MotionComparison {
  private static final int FRAMES = 8;
  private static final int CALLS = 96;

  private final Path clip;

  MotionComparison(Path clip) {
    setNumThreads(1);
    this.clip = clip;
  }

  List<Ratio> compare(Rounds rounds) {
    Ratio decode =
        rounds.compare(
            "1080p H.264, decoded and motion measured",
            "CPU s",
            1.06,
            () -> decode(FrameSampler.motion()::decide),
            () -> decode(frame -> {}));
    double perFrame =
        rounds.compare("motion of a frame", "CPU ms", 1, this::amongDecoding, () -> 1).ours();
    Ratio absolute = new Ratio("motion of a frame, while decoding", perFrame, 1, "CPU ms", 0.25);
    List<OwnedFrame> frames = frames();
    try {
      Ratio peer =
          rounds.compare(
              "motion of a 1080p frame", "CPU ms", 0.5, () -> ours(frames), () -> openCv(frames));
      return List.of(decode, absolute, peer);
    } finally {
      frames.forEach(OwnedFrame::close);
    }
  }

  private interface Look {
    void at(Frame frame);
  }

  /** The decoder has one thread, this one. */
  private double decode(Look look) {
    double start = Cpu.processSeconds();
    read(look);
    return Cpu.processSeconds() - start;
  }

  private double amongDecoding() {
    FrameSampler sampler = FrameSampler.motion();
    double[] sum = {0, 0};
    read(
        frame -> {
          double start = Cpu.threadSeconds();
          sampler.decide(frame);
          sum[0] += Cpu.threadSeconds() - start;
          sum[1]++;
        });
    return sum[0] * 1000 / sum[1];
  }

  private void read(Look look) {
    try (FrameReader reader = FfmpegSource.of(clip).open()) {
      while (reader.tryAdvance(look::at)) {}
    }
  }

  private double ours(List<OwnedFrame> frames) {
    FrameSampler sampler = FrameSampler.motion();
    sampler.decide(frames.get(frames.size() - 1)); // what a size needs is made with its first frame
    double start = Cpu.threadSeconds();
    for (int i = 0; i < CALLS; i++) {
      sampler.decide(frames.get(i % frames.size()));
    }
    return (Cpu.threadSeconds() - start) * 1000 / CALLS;
  }

  /** On the luma plane in place, as ours: OpenCV is spared the conversion to grey. */
  private double openCv(List<OwnedFrame> frames) {
    List<Mat> grey = frames.stream().map(MotionComparison::luma).toList();
    Mat before = new Mat();
    Mat now = new Mat();
    try (Size size = new Size(21, 21);
        Mat difference = new Mat()) {
      double start = Cpu.threadSeconds();
      for (int i = 0; i < CALLS; i++) {
        GaussianBlur(grey.get(i % grey.size()), now, size, 0);
        if (i > 0) {
          absdiff(before, now, difference);
          threshold(difference, difference, 25, 255, THRESH_BINARY);
          countNonZero(difference);
        }
        Mat last = before;
        before = now;
        now = last;
      }
      return (Cpu.threadSeconds() - start) * 1000 / CALLS;
    } finally {
      before.close();
      now.close();
      grey.forEach(Mat::close);
    }
  }

  private static Mat luma(Frame frame) {
    Plane plane = frame.plane(0);
    return new Mat(
        plane.rows(), plane.rowBytes(), CV_8UC1, new BytePointer(plane.data()), plane.rowStride());
  }

  private List<OwnedFrame> frames() {
    List<OwnedFrame> found = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(clip).open()) {
      while (found.size() < FRAMES && reader.tryAdvance(frame -> found.add(frame.share()))) {}
    }
    return found;
  }
}
