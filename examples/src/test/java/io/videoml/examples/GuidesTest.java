package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.doctor.Diagnosis;
import io.videoml.doctor.Finding;
import io.videoml.doctor.StreamCheckup;
import io.videoml.doctor.StreamReport;
import io.videoml.ffmpeg.AnnotatedVideoWriter;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.KeyFrame;
import io.videoml.ffmpeg.KeyFrames;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.inference.ModelDetector;
import io.videoml.inference.head.ModelFamily;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.Stage;
import io.videoml.motion.MotionRegion;
import io.videoml.onnx.Accelerator;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.AdaptiveSampler;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.MotionSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.sampling.SceneSampler;
import io.videoml.sampling.WeekSchedule;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.PipelineAssertions;
import io.videoml.testkit.RecordingSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of README and guides, as they stand there; {@link DocumentationTest} compares. */
class GuidesTest {
  private static final Path video = DemoClip.video();
  private static final Path model = DemoClip.model();
  private static final String modelPath = model.toString();

  @Test
  void readme() {
    PipelineSpec people =
        Pipeline.named("people")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.everyNth(5))
            .detect("demo", () -> OnnxDetector.builder(model).confidence(0.4f).build())
            .onResult(result -> System.out.println(result.detections().objects()))
            .build();
    RunResult end = people.run();

    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().kept()).isEqualTo((end.summary().read() + 4) / 5).isPositive();
  }

  @Test
  void sources_camera() {
    FrameSource camera =
        FfmpegSource.builder("rtsp://user:secret@camera.example/stream")
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(10))
            .build();
    System.out.println(camera.id()); // never holds the password

    assertThat(camera.id()).contains("camera.example").doesNotContain("secret");
  }

  @Test
  void sources_lentFrames() {
    List<OwnedFrame> kept = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      reader.tryAdvance(frame -> kept.add(frame.share()));
    }
    try (OwnedFrame frame = kept.get(0)) {
      Plane luma = frame.plane(0);
      System.out.println(luma.data().get(0) & 0xff); // the top left pixel
    }

    assertThat(kept).hasSize(1);
  }

  @Test
  void sources_demand() {
    try (FrameReader reader =
        FfmpegSource.of(video).open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      while (reader.tryAdvance(frame -> System.out.println(frame.info().time().pts()))) {}
      System.out.println(reader.notDemanded() + " frames were passed over");

      assertThat(reader.notDemanded()).isPositive();
    }
  }

  @Test
  void sources_resume() {
    FrameResult lastResult = results(5).get(4);

    Optional<ResumePosition> position = lastResult.position();
    PipelineBuilder again = Pipeline.named("again").source(FfmpegSource.of(video));
    position.ifPresent(again::resumeFrom);

    RecordingSink sink = new RecordingSink();
    again.sink(() -> sink).stopAfter(7).build().run();
    assertThat(sink.indices()).startsWith(5L);
  }

  @Test
  void sources_keyFrames(@TempDir Path directory) {
    List<KeyFrame> times = KeyFrames.list(FfmpegSource.of(video)); // reads packets, decodes nothing
    KeyFrames.extract(FfmpegSource.of(video), directory, /* quality= */ 3);

    assertThat(directory.toFile().list()).hasSize(times.size()).isNotEmpty();
  }

  @Test
  void sampling_builtIn() {
    FrameSampler every = FrameSampler.everyNth(5);
    FrameSampler keys = FrameSampler.keyFrames(); // the others are not even decoded
    FrameSampler rate = FrameSampler.atMost(5); // frames per second of media time
    FrameSampler some = FrameSampler.keyFrames().and(FrameSampler.atMost(0.5));
    FrameSampler sure = FrameSampler.everyNth(100).orAtLeastEvery(Duration.ofSeconds(2));

    assertThat(List.of(every, keys, rate, some, sure)).allSatisfy(sampler -> kept(() -> sampler));
    assertThat(keys.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void sampling_motionAndScenes() {
    FrameSampler door =
        MotionSampler.builder()
            .threshold(0.05) // share of the pixels that count; default 0.02
            .minInterval(Duration.ofMillis(500)) // media time; default 100 ms
            .cooldown(0) // frames to let pass after that; default 5
            .region(
                MotionRegion.whole()
                    .only(0.0, 0.3, 1.0, 0.3, 1.0, 1.0, 0.0, 1.0) // a zone: the lower part
                    .without(0.8, 0.3, 1.0, 0.3, 1.0, 0.5)) // a mask: a tree
            .build();
    FrameSampler scenes =
        SceneSampler.builder().threshold(6).minLength(Duration.ofSeconds(1)).build();

    kept(FrameSampler::motion);
    assertThat(List.of(door, scenes)).allMatch(one -> one.demand() == DecodeDemand.ALL);
  }

  @Test
  void sampling_adaptive() {
    AdaptiveSampler busy = AdaptiveSampler.builder().baseRate(2).minRate(0.5).maxRate(15).build();
    System.out.println(
        busy.rate() + " Hz, activity " + busy.activity() + ", next in " + busy.interval());

    kept(() -> busy);
    assertThat(busy.rate()).isBetween(0.5, 15.0).isNotEqualTo(2.0);
  }

  @Test
  void sampling_schedule() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    WeekSchedule office = WeekSchedule.in(berlin).workdays(LocalTime.of(8, 0), LocalTime.of(18, 0));
    FrameSampler working = FrameSampler.schedule(office).and(FrameSampler.atMost(1));
    FrameSampler closed = FrameSampler.schedule(office).not(); // nights and weekends

    try (OwnedFrame frame = firstFrame()) {
      boolean inside = office.contains(frame.info().time().captured());
      assertThat(working.decide(frame).keep()).isEqualTo(inside);
      assertThat(closed.decide(frame).keep()).isEqualTo(!inside);
    }
  }

  @Test
  void models_detector() {
    try (OwnedFrame frame = firstFrame()) {
      try (Detector detector =
          OnnxDetector.builder(model).head(ModelFamily.YOLOV8).confidence(0.4f).iou(0.5f).build()) {
        Detections found = detector.detect(frame);
        for (Detection object : found) {
          System.out.println(object.label() + " " + object.confidence() + " " + object.box());
        }

        assertThat(found.inference()).isPositive();
      }
    }
  }

  @Test
  void models_accelerator() {
    ModelDetector fast =
        OnnxDetector.builder(model).threads(2).accelerator(Accelerator.CUDA).build();
    System.out.println(fast.execution()); // what really runs, and why

    assertThat(fast.execution().requested()).isEqualTo("cuda");
    fast.close();
  }

  @Test
  void pipelines_run() {
    PipelineSpec spec =
        Pipeline.named("entrance")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.atMost(5))
            .detect(
                "people", () -> OnnxDetector.builder(modelPath).classes(Set.of("person")).build())
            .onResult(
                result ->
                    System.out.println(
                        result.frame().time().pts() + " " + result.detections().size()))
            .stopAfter(Duration.ofMinutes(1))
            .build();
    RunResult end = spec.run();
    RunSummary counts = end.summary();
    System.out.println(
        counts.read() + " read, " + counts.kept() + " kept, dropped " + counts.dropped());

    assertThat(end).isInstanceOf(RunResult.Completed.class);

    try (PipelineRun run = spec.start()) {
      run.await(Duration.ofSeconds(10)).ifPresent(done -> System.out.println(done));
    } // close() ends it within two seconds

    PipelineAssertions.assertTravels(spec);
  }

  @Test
  void pipelines_annotated(@TempDir Path folder) {
    Path target = folder.resolve("drawn.mp4");

    String out = target.toString();
    PipelineSpec drawn =
        Pipeline.named("drawn")
            .source(FfmpegSource.of(video))
            .detect("people", () -> OnnxDetector.builder(modelPath).build())
            .sink(
                () -> {
                  AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(Path.of(out));
                  return new ResultSink() {
                    @Override
                    public void accept(Frame frame, FrameResult result) {
                      writer.write(frame, result.detections().objects());
                    }

                    @Override
                    public void close() {
                      writer.close();
                    }
                  };
                })
            .build();

    assertThat(drawn.run()).isInstanceOf(RunResult.Completed.class);
    assertThat(target).isNotEmptyFile();
  }

  @Test
  void pipelines_latency() {
    LatencyTracker tracker = new LatencyTracker();
    tracker.record(Stage.INFERENCE, 12_000_000);
    LatencyStats stats = tracker.stats(Stage.INFERENCE);
    System.out.println(stats.p95().toMillis() + " ms");

    assertThat(stats.p95()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void core_frame() {
    Frame frame =
        Frame.of(
            FrameInfo.of(0, 4, 2, PixelFormat.GRAY8, FrameTime.arrivingNow(Duration.ZERO)),
            new byte[8]);
    SamplingDecision decision = FrameSampler.everyNth(5).decide(frame);

    assertThat(decision.keep()).isTrue();
  }

  private static void kept(SerializableSupplier<FrameSampler> sampler) {
    RunResult end =
        Pipeline.named("kept").source(FfmpegSource.of(video)).sample(sampler).build().run();
    assertThat(end.summary().kept()).isPositive();
  }

  private static List<FrameResult> results(int frames) {
    RecordingSink sink = new RecordingSink();
    Pipeline.named("first")
        .source(FfmpegSource.of(video))
        .sink(() -> sink)
        .stopAfter(frames)
        .build()
        .run();
    return sink.results();
  }

  private static OwnedFrame firstFrame() {
    List<OwnedFrame> found = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      reader.tryAdvance(frame -> found.add(frame.share()));
    }
    return found.get(0);
  }

  @Test
  void troubleshooting() {
    FrameSource source = FfmpegSource.of(DemoClip.video());

    StreamReport report = StreamCheckup.of(source, Duration.ofSeconds(10)).run();
    for (Finding finding : Diagnosis.of(report)) {
      System.out.println(finding.symptom() + ": " + finding.evidence() + "; " + finding.remedy());
    }
    assertThat(Diagnosis.of(report)).isEmpty();
  }
}
