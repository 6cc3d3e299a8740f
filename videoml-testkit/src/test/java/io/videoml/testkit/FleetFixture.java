package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.FleetBuilder;
import io.videoml.frame.Frame;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A fleet over fake sources with everything recorded; closed after the test, with its checks. */
final class FleetFixture implements AutoCloseable {
  static final TestClip CLIP = TestClips.still();

  /** Of all ids, so that threads of this test can be told from others'. */
  final String name = "fleet-" + UUID.randomUUID().toString().substring(0, 8);

  final Map<String, RecordingSink> sinks = new ConcurrentHashMap<>();
  final Map<String, RecordingMetricsSink> metrics = new ConcurrentHashMap<>();
  final List<PipelineEvent> events = new CopyOnWriteArrayList<>();
  private final Map<String, UnaryOperator<PipelineBuilder>> special = new ConcurrentHashMap<>();
  private @Nullable Detector detector;
  private @Nullable CameraFleet fleet;

  /** Has all cameras share this detector, which is the test's, and so is not closed by any. */
  FleetFixture detector(Detector shared) {
    this.detector = new StaysOpen(shared);
    return this;
  }

  private record StaysOpen(Detector detector) implements Detector {
    @Override
    public List<Detections> detect(List<? extends Frame> frames) {
      return detector.detect(frames);
    }

    @Override
    public int maxBatch() {
      return detector.maxBatch();
    }

    @Override
    public void close() {}
  }

  /** Gives one camera's pipeline something of its own. */
  FleetFixture with(String camera, UnaryOperator<PipelineBuilder> more) {
    special.put(id(camera), more);
    return this;
  }

  /** Starts it with these settings. */
  CameraFleet start(UnaryOperator<FleetBuilder> settings) {
    CameraFleet started = settings.apply(CameraFleet.of(this::spec).onEvent(events::add)).start();
    fleet = started;
    return started;
  }

  CameraFleet start() {
    return start(builder -> builder);
  }

  /** Returns a camera that reads a short file. */
  Camera file(String camera) {
    return new Camera(id(camera), FakeFrameSource.of(id(camera), CLIP).build());
  }

  /** Returns a live camera that waits at its first frame for ever. */
  Camera silent(String camera) {
    return new Camera(id(camera), FakeFrameSource.of(id(camera), CLIP).live().hangAt(0).build());
  }

  String id(String camera) {
    return name + "-" + camera;
  }

  private PipelineSpec spec(Camera camera) {
    String id = camera.id();
    RecordingSink sink = sinks.computeIfAbsent(id, key -> new RecordingSink());
    RecordingMetricsSink counting = metrics.computeIfAbsent(id, key -> new RecordingMetricsSink());
    PipelineBuilder builder =
        Pipeline.named(id).source(camera.source()).sink(() -> sink).metrics(() -> counting);
    Detector shared = detector;
    if (shared != null) {
      builder.detect(name, () -> shared);
    }
    return special.getOrDefault(id, same -> same).apply(builder).build();
  }

  RecordingSink sink(String camera) {
    return sinks.computeIfAbsent(id(camera), key -> new RecordingSink());
  }

  RecordingMetricsSink metrics(String camera) {
    return metrics.computeIfAbsent(id(camera), key -> new RecordingMetricsSink());
  }

  CameraStatus status(String camera) {
    if (fleet == null) {
      throw new AssertionError("not started");
    }
    return fleet.status().camera(id(camera)).orElseThrow();
  }

  void awaitAllFrames(String... cameras) {
    for (String camera : cameras) {
      await(() -> sink(camera).results().size() == CLIP.frames(), "all frames of " + camera);
    }
  }

  /** Waits for a condition, and not for ever. */
  static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Bounded.SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + Bounded.SECONDS + " s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  static void assertAddsUp(RunSummary summary) {
    long dropped = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(summary.kept() + summary.failed() + dropped)
        .as("kept + failed + dropped of %s", summary)
        .isEqualTo(summary.read());
  }

  List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(thread -> thread.startsWith("videoml-" + name))
        .toList();
  }

  void assertNoThreads() {
    await(() -> threads().isEmpty(), "threads end");
  }

  @Override
  public void close() {
    CameraFleet running = fleet;
    if (running != null) {
      Bounded.run("close", running::close);
      assertThat(running.await(Duration.ofSeconds(Bounded.SECONDS))).as("all end").isTrue();
      running.status().cameras().forEach(camera -> assertAddsUp(camera.counts()));
    }
    assertNoThreads();
  }
}
