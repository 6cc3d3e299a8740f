package io.videoml.examples;

import io.videoml.detect.Detections;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes a sampler with state, demand and feedback, and combines it with built-in ones. Arguments:
 * a video and a model.
 */
public final class FollowUp {
  private FollowUp() {}

  /** Prints when it looked, and how many objects there were. */
  public static void main(String[] arguments) {
    Path video = arguments.length == 2 ? Path.of(arguments[0]) : DemoClip.video();
    Path model = arguments.length == 2 ? Path.of(arguments[1]) : DemoClip.model();

    RunResult end =
        Pipeline.named("follow up")
            .source(FfmpegSource.of(video))
            .sample(() -> new FollowUpSampler(Duration.ofSeconds(5)).and(FrameSampler.atMost(5)))
            .detect("objects", () -> OnnxDetector.builder(model).confidence(0.4f).build())
            .onResult(
                result ->
                    System.out.println(
                        result.frame().time().pts() + " " + result.detections().size()))
            .build()
            .run();
    System.out.println(end.summary().kept() + " kept, dropped " + end.summary().dropped());
  }

  /** Looks at key frames until something is found, then at every frame for a while. */
  static final class FollowUpSampler implements FrameSampler {
    private static final SamplingDecision LOOK = SamplingDecision.keep("look");
    private static final SamplingDecision FOLLOW = SamplingDecision.keep("follow_up");
    private static final SamplingDecision DROP = SamplingDecision.drop("nothing_found");

    private final long whileNanos;
    private long nowNanos;
    private long untilNanos;

    FollowUpSampler(Duration time) {
      whileNanos = time.toNanos();
    }

    @Override
    public SamplingDecision decide(Frame frame) {
      long before = nowNanos;
      nowNanos = frame.info().time().pts().toNanos();
      if (nowNanos < before) { // a new run of the stream
        untilNanos = 0;
      }
      if (nowNanos < untilNanos) {
        return FOLLOW;
      }
      return frame.info().keyFrame() ? LOOK : DROP;
    }

    @Override
    public DecodeDemand demand() {
      return nowNanos < untilNanos ? DecodeDemand.ALL : DecodeDemand.KEY_FRAMES;
    }

    @Override
    public void feedback(Detections found) {
      untilNanos = found.isEmpty() ? untilNanos : nowNanos + whileNanos;
    }
  }
}
