package io.videoml.benchmarks;

import io.videoml.detect.Detector;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import java.nio.file.Path;

/** Heap bytes allocated per frame by the threads of a pipeline, once it has settled. */
final class GarbageMeasurement {
  private static final int SETTLE = 40;

  private final Path clip;

  GarbageMeasurement(Path clip) {
    this.clip = clip;
  }

  /** A frame that is decoded, looked at and dropped. */
  Ratio dropped() {
    Meter reader = new Meter();
    Pipeline.named("dropped")
        .source(FfmpegSource.of(clip))
        .sample(() -> sampler(reader, "drop"))
        .build()
        .run();
    return new Ratio("heap bytes per dropped frame", reader.bytesPerFrame(), 1, "B", 1024);
  }

  /** A frame that is kept, in which nothing is found. */
  Ratio kept(SerializableSupplier<Detector> detector, int frames) {
    Meter reader = new Meter();
    Meter worker = new Meter();
    PipelineBuilder pipeline = Pipeline.named("kept").source(FfmpegSource.of(clip));
    pipeline.sample(() -> sampler(reader, "keep"));
    pipeline.detect("garbage", detector).onResult(result -> worker.tick());
    pipeline.stopAfter(frames).build().run();
    return new Ratio(
        "heap bytes per kept frame without detections",
        reader.bytesPerFrame() + worker.bytesPerFrame(),
        1,
        "B",
        8192);
  }

  private static FrameSampler sampler(Meter meter, String decision) {
    SamplingDecision always =
        decision.equals("keep")
            ? SamplingDecision.keep("benchmark")
            : SamplingDecision.drop("benchmark");
    return (Frame frame) -> {
      meter.tick();
      return always;
    };
  }

  /** Reads the calling thread's allocation at every frame; one thread only. */
  private static final class Meter {
    private long frames;
    private long atStart;
    private long last;

    void tick() {
      last = Cpu.allocatedBytes();
      if (++frames == SETTLE) {
        atStart = last;
      }
    }

    double bytesPerFrame() {
      if (frames <= SETTLE) {
        throw new IllegalStateException("too few frames to measure: " + frames);
      }
      return (double) (last - atStart) / (frames - SETTLE);
    }
  }
}
