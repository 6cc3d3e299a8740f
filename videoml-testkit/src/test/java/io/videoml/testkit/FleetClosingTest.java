package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.Priority;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.resilience.StreamState;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetClosingTest {
  private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

  @Test
  void close_ofAHundredCamerasThatHangEverywhere_takesTwoSecondsAtMost() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inDetector = new CountDownLatch(25);
    CountDownLatch inListener = new CountDownLatch(25);
    CountDownLatch inOpen = new CountDownLatch(4); // no more than that may connect at once
    FleetFixture fixture = new FleetFixture();
    fixture.detector(
        ScriptedDetector.scripted(
            frame -> {
              if (frame.width() == 32) {
                inDetector.countDown();
                uninterruptibly(never);
              }
              return List.of();
            }));
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String id = fixture.id("open-" + i);
      cameras.add(
          new Camera(
              id,
              FakeFrameSource.of(id, FleetFixture.CLIP)
                  .endless()
                  .onOpen(
                      () -> {
                        inOpen.countDown();
                        uninterruptibly(never);
                      })
                  .build()));
      id = fixture.id("detector-" + i);
      cameras.add(
          new Camera(id, FakeFrameSource.of(id, FleetFixture.CLIP.withSize(32, 32)).build()));
      fixture.with(
          "listener-" + i,
          builder ->
              builder.onResult(
                  result -> {
                    inListener.countDown();
                    uninterruptibly(never);
                  }));
      cameras.add(fixture.file("listener-" + i));
      cameras.add(fixture.silent("silent-" + i));
    }
    CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(26));
    // Those that hang in open keep the turns at connecting, which the others need.
    fleet.addAll(cameras.stream().filter(camera -> !camera.id().contains("open")).toList());
    Bounded.await(inDetector);
    Bounded.await(inListener);
    fleet.addAll(cameras.stream().filter(camera -> camera.id().contains("open")).toList());
    Bounded.await(inOpen);
    assertThat(fleet.cameras()).hasSize(100);

    long start = System.nanoTime();
    Bounded.run("close", fleet::close);
    long took = System.nanoTime() - start;

    assertThat(took).as("nanoseconds to close").isLessThan(TWO_SECONDS);
    never.countDown();
    assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();
    assertThat(fleet.status().states()).isEqualTo(Map.of(StreamState.STOPPED, 100));
    fixture.close();
  }

  @Test
  void close_again_andFromManyThreads_doesNoMore() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.addAll(List.of(fixture.silent("a"), fixture.file("b")));
      List<FutureTask<Boolean>> closers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closers.add(
            Bounded.start(
                "close",
                () -> {
                  fleet.close();
                  return true;
                }));
      }
      closers.forEach(Bounded::get);

      fleet.close();

      assertThat(fleet.status().states()).isEqualTo(Map.of(StreamState.STOPPED, 2));
      assertThat(fixture.sink("a").timesClosed()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void close_byListenersOfSeveralCameras_endsAll() {
    AtomicReference<CameraFleet> running = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    try (FleetFixture fixture = new FleetFixture()) {
      for (String camera : List.of("a", "b")) {
        fixture.with(
            camera,
            builder ->
                builder.onResult(
                    result -> {
                      Bounded.await(started);
                      running.get().close();
                    }));
      }
      CameraFleet fleet = fixture.start();
      running.set(fleet);
      fleet.addAll(List.of(fixture.file("a"), fixture.file("b"), fixture.silent("c")));
      started.countDown();

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();
      assertThat(fleet.status().states()).isEqualTo(Map.of(StreamState.STOPPED, 3));
    }
  }

  @Test
  void removeAndReplace_byACamerasOwnListener_takeEffectAfterIt() {
    AtomicReference<CameraFleet> running = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch replaced = new CountDownLatch(1);
    try (FleetFixture fixture = new FleetFixture()) {
      fixture.with(
          "a",
          builder ->
              builder.onResult(
                  result -> {
                    Bounded.await(started);
                    running.get().remove(fixture.id("a"));
                  }));
      fixture.with(
          "b",
          builder ->
              builder.onResult(
                  result -> {
                    Bounded.await(started);
                    if (replaced.getCount() > 0) {
                      replaced.countDown();
                      running.get().replace(fixture.file("b").in("new"));
                    }
                  }));
      CameraFleet fleet = fixture.start();
      running.set(fleet);
      fleet.addAll(List.of(fixture.file("a"), fixture.file("b")));
      started.countDown();

      FleetFixture.await(() -> fleet.cameras().size() == 1, "a is gone");
      FleetFixture.await(
          () -> !fixture.metrics("a").removed().isEmpty(), "metrics have forgotten a");
      FleetFixture.await(
          () -> fixture.status("b").counts().kept() == FleetFixture.CLIP.frames(), "new b ran");
      assertThat(fixture.status("b").zone()).isEqualTo("new");
    }
  }

  @Test
  void durations_withoutEnd_areAsLongAsItTakes() {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start(builder -> builder.freshness(Priority.NORMAL, forEver));
      fleet.addAll(List.of(fixture.silent("live"), fixture.file("file")));
      fixture.awaitAllFrames("file");
      fleet.remove(fixture.id("live"));

      assertThat(Bounded.call("await", () -> fleet.await(forEver))).isTrue();
    }
  }

  @Test
  void remove_byAReaderThatTheRunHasGivenUp_hasMetricsForgetIt() {
    AtomicReference<PipelineRun> running = new AtomicReference<>();
    CountDownLatch sampling = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    RecordingMetricsSink metrics = new RecordingMetricsSink();
    FrameSampler stuck =
        frame -> {
          sampling.countDown();
          uninterruptibly(ended);
          running.get().remove();
          return SamplingDecision.drop("late");
        };
    running.set(
        Pipeline.named("given-up")
            .source(FakeFrameSource.of("given-up", FleetFixture.CLIP).build())
            .sample(() -> stuck)
            .metrics(() -> metrics)
            .build()
            .start());
    Bounded.await(sampling);
    Bounded.run("close", running.get()::close);
    Bounded.call("await", () -> running.get().await());

    ended.countDown();

    FleetFixture.await(() -> !metrics.removed().isEmpty(), "metrics have forgotten it");
    assertThat(metrics.removed()).containsExactly("given-up");
  }

  private static void uninterruptibly(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException e) {
        waiting = true;
      }
    }
  }
}
