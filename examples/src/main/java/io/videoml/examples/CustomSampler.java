package io.videoml.examples;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.frame.Plane;
import io.videoml.pipeline.Pipeline;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes a sampler of its own, as a lambda, and combines it with built-in ones. Argument: a video.
 */
public final class CustomSampler {
  private static final SamplingDecision DARK = SamplingDecision.drop("dark");

  private CustomSampler() {}

  /** Prints which frames are kept, and why. */
  public static void main(String[] arguments) {
    Path video = arguments.length == 1 ? Path.of(arguments[0]) : DemoClip.video();

    Pipeline.named("bright")
        .source(FfmpegSource.of(video))
        .sample(() -> bright(60).and(FrameSampler.atMost(2)).orAtLeastEvery(Duration.ofSeconds(5)))
        .onResult(
            result -> System.out.println(result.frame().time().pts() + " " + result.decision()))
        .build()
        .run();
  }

  /**
   * Keeps frames that are not too dark. Reads the decoder's own memory: nothing is copied or
   * converted.
   */
  static FrameSampler bright(int level) {
    return frame -> {
      double mean = meanLuma(frame);
      return mean < level ? DARK.withScore(mean) : SamplingDecision.keep("bright").withScore(mean);
    };
  }

  private static double meanLuma(Frame frame) {
    Plane luma = frame.plane(0);
    long sum = 0;
    long count = 0;
    for (int y = 0;
        y < frame.info().height();
        y += 8) { // every eighth in both directions is plenty
      for (int x = 0; x < frame.info().width(); x += 8) {
        sum += luma.data().get(y * luma.rowStride() + x) & 0xff;
        count++;
      }
    }
    return (double) sum / count;
  }
}
