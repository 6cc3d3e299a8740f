package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.KeyFrames;
import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.gstreamer.GStreamerSource;
import io.videoml.gstreamer.RtspSource;
import io.videoml.gstreamer.RtspTransport;
import io.videoml.inference.ModelDetector;
import io.videoml.kvs.KvsArchiveSource;
import io.videoml.kvs.KvsRange;
import io.videoml.kvs.KvsSource;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.onnx.Accelerator;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.FrameSamplerContract;
import io.videoml.testkit.RecordingSink;
import io.videoml.testkit.ScriptedDetector;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The snippets of the modules' READMEs, as they stand there; {@link DocumentationTest} compares.
 */
class ModuleReadmesTest {

  @Test
  void onnx() {
    Path model = DemoClip.model();
    List<OwnedFrame> shared = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(DemoClip.video()).open()) {
      reader.tryAdvance(frame -> shared.add(frame.share()));
    }
    try (OwnedFrame frame = shared.get(0)) {
      try (ModelDetector detector =
          OnnxDetector.builder(model).confidence(0.4f).accelerator(Accelerator.CUDA).build()) {
        Detections found = detector.detect(frame);
        System.out.println(found.objects() + " by " + detector.execution());

        assertThat(detector.execution().requested()).isEqualTo("cuda");
      }
    }
  }

  /** For the eye: it would ask for AWS's credentials. The guides' tests run the same. */
  static List<FrameSource> kvs(Instant now) throws InterruptedException {
    FrameSource live =
        KvsSource.of("dock-3"); // or builder("dock-3"): from where, by which clock, ...
    FrameSource hour =
        KvsArchiveSource.builder("dock-3", KvsRange.producerTime(now.minusSeconds(3600), now))
            .build();
    KvsProducer dock = KvsProducer.builder("dock-3").build();
    try (KvsForward camera = dock.forward(FfmpegSource.of("rtsp://camera.example/stream1"))) {
      camera.await(Duration.ofHours(12)); // packets untouched, for as long as it is not closed
    }
    return List.of(live, hour);
  }

  @Test
  void gstreamer() {
    String user = "user";
    String password = "word";
    List<SourceException> refusals = new ArrayList<>();
    try {
      FrameSource camera =
          RtspSource.builder("rtsp://camera.example/stream1")
              .credentials(user, password)
              .transport(RtspTransport.TCP_THEN_UDP)
              .latency(Duration.ofMillis(50))
              .build();
      FrameSource file = GStreamerSource.of("filesrc location=a.mp4 ! parsebin");
      try (FrameReader reader = camera.open()) {
        while (reader.tryAdvance(frame -> handle(frame))) {}
      }
      assertThat(file.live()).isFalse();
    } catch (SourceException e) {
      refusals.add(e); // there is no such camera
    }

    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0)).hasMessageContaining("camera.example");
    assertThat(refusals.get(0).kind()).isIn(Kind.NETWORK, Kind.UNSUPPORTED);
  }

  private static void handle(Frame frame) {
    throw new AssertionError("a frame came of a camera that does not exist: " + frame.info());
  }

  @Test
  void ffmpeg(@TempDir Path folder) {
    Path video = DemoClip.video();
    Path stills = folder.resolve("stills");

    FfmpegSource source = FfmpegSource.builder(video).readTimeout(Duration.ofSeconds(5)).build();
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> System.out.println(frame.info()))) {}
    }
    KeyFrames.extract(source, stills, /* quality= */ 3);

    assertThat(stills).isNotEmptyDirectory();
  }

  @Test
  void testkit() {
    Detection person = new Detection(0, "person", 0.9f, new Box(0, 0, 4, 8));

    RecordingSink results = new RecordingSink();
    RunResult end =
        Pipeline.named("dock")
            .source(
                FakeFrameSource.of("camera", TestClips.movingSquare())
                    .failAt(40, Kind.NETWORK)
                    .build())
            .sample(() -> FrameSampler.everyNth(5))
            .detect("script", () -> ScriptedDetector.finding(person))
            .sink(() -> results)
            .build()
            .run();
    assertThat(end).isInstanceOf(RunResult.Failed.class);
    assertThat(results.indices()).containsExactly(0L, 5L, 10L, 15L, 20L, 25L, 30L, 35L);
  }

  /** A sampler such as a user writes. */
  static final class MySampler implements FrameSampler {
    private static final SamplingDecision KEEP = SamplingDecision.keep("mine");
    private static final SamplingDecision DROP = SamplingDecision.drop("mine");
    private final int n;

    MySampler(int n) {
      this.n = n;
    }

    @Override
    public SamplingDecision decide(Frame frame) {
      return frame.info().index() % n == 0 ? KEEP : DROP;
    }
  }

  @Nested
  class MySamplerContractTest extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return new MySampler(3);
    }
  }
}
