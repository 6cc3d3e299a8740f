package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.CameraStatus;
import io.videoml.fleet.FleetStatus;
import io.videoml.fleet.Priority;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.resilience.StreamState;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CameraFleetTest {

  @Test
  void add_files_runToTheirEndAndStayInStatus() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.add(fixture.file("a"));
      fleet.addAll(List.of(fixture.file("b"), fixture.file("c")));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(fleet.status().states()).isEqualTo(Map.of(StreamState.STOPPED, 3));
      assertThat(fleet.status().cameras())
          .extracting(CameraStatus::id)
          .containsExactly(fixture.id("a"), fixture.id("b"), fixture.id("c"));
      for (String camera : List.of("a", "b", "c")) {
        assertThat(fixture.sink(camera).results()).hasSize(60);
        assertThat(fixture.status(camera).counts().kept()).isEqualTo(60);
      }
      assertThat(fixture.events)
          .filteredOn(event -> event.type() == PipelineEvent.Type.ENDED)
          .extracting(PipelineEvent::stream)
          .containsExactlyInAnyOrder(fixture.id("a"), fixture.id("b"), fixture.id("c"));
    }
  }

  @Test
  void remove_whileRunning_endsThatOneAndHasMetricsForgetIt() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.addAll(List.of(fixture.silent("a"), fixture.silent("b")));
      FleetFixture.await(() -> fixture.status("b").info().isPresent(), "b is connected");
      FleetFixture.await(() -> fixture.status("a").info().isPresent(), "a is connected");

      assertThat(Bounded.call("remove", () -> fleet.remove(fixture.id("a")))).isTrue();

      assertThat(fleet.remove(fixture.id("a"))).isFalse();
      assertThat(fleet.cameras()).extracting(Camera::id).containsExactly(fixture.id("b"));
      assertThat(fixture.metrics("a").removed()).containsExactly(fixture.id("a"));
      assertThat(fixture.metrics("b").removed()).isEmpty();
      assertThat(fixture.sink("a").timesClosed()).isOne();
      assertThat(fixture.threads()).allMatch(thread -> thread.contains(fixture.id("b")));
      assertThat(fixture.status("b").state()).isEqualTo(StreamState.CONNECTING);
    }
  }

  @Test
  void replace_whileRunning_startsTheNewOneInItsPlaceOnceTheOldOneHasEnded() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.addAll(List.of(fixture.silent("a"), fixture.file("b")));
      FleetFixture.await(() -> fixture.status("a").info().isPresent(), "a is connected");

      Bounded.run("replace", () -> fleet.replace(fixture.file("a").in("yard")));

      fixture.awaitAllFrames("a");
      assertThat(fleet.cameras())
          .extracting(Camera::id)
          .containsExactly(fixture.id("a"), fixture.id("b"));
      assertThat(fixture.status("a").zone()).isEqualTo("yard");
      List<PipelineEvent.Type> told =
          fixture.events.stream()
              .filter(event -> event.stream().equals(fixture.id("a")))
              .map(PipelineEvent::type)
              .toList();
      assertThat(told)
          .startsWith(
              PipelineEvent.Type.CONNECTED, PipelineEvent.Type.ENDED, PipelineEvent.Type.CONNECTED);
    }
  }

  @Test
  void remove_aCameraThatNeverReturns_fencesItsMetrics() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (FleetFixture fixture = new FleetFixture()) {
      fixture.with("a", builder -> builder.onResult(result -> hold(inside, never)));
      CameraFleet fleet = fixture.start();
      fleet.add(fixture.file("a"));
      Bounded.await(inside);

      Bounded.run("remove", () -> fleet.remove(fixture.id("a")));
      long keptAtRemoval = fixture.metrics("a").kept();
      long droppedAtRemoval = fixture.metrics("a").dropped();

      assertThat(fixture.metrics("a").removed()).containsExactly(fixture.id("a"));
      never.countDown();
      fixture.assertNoThreads();
      assertThat(fixture.metrics("a").kept()).isEqualTo(keptAtRemoval);
      assertThat(fixture.metrics("a").dropped()).isEqualTo(droppedAtRemoval);
    }
  }

  @Test
  void addAll_aDuplicateAmongThem_addsNone() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.add(fixture.silent("a"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet.addAll(List.of(fixture.file("b"), fixture.file("a"))))
          .withMessageContaining(fixture.id("a"))
          .withMessageContaining("replace");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet.addAll(List.of(fixture.file("b"), fixture.file("b"))));
      assertThat(fleet.cameras()).hasSize(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet.replace(fixture.file("c")))
          .withMessageContaining("add it");
    }
  }

  @Test
  void add_aDescriptionOfAnotherNameOrSource_saysSo() {
    FakeFrameSource other = FakeFrameSource.of("other", FleetFixture.CLIP).build();
    try (FleetFixture fixture = new FleetFixture();
        CameraFleet misnamed =
            CameraFleet.of(camera -> Pipeline.named("x").source(camera.source()).build()).start();
        CameraFleet misled =
            CameraFleet.of(camera -> Pipeline.named(camera.id()).source(other).build()).start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> misnamed.add(fixture.file("a")))
          .withMessageContaining("named x")
          .withMessageContaining("camera.id()");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> misled.add(fixture.file("a")))
          .withMessageContaining("reads other")
          .withMessageContaining("camera.source()");
      assertThat(misled.cameras()).isEmpty();
    }
  }

  @Test
  void add_aPipelineThatCannotBeMade_failsWithTheReasonAndAlone() {
    try (FleetFixture fixture = new FleetFixture()) {
      fixture.with(
          "a",
          builder ->
              builder.sample(
                  () -> {
                    throw new IllegalStateException("no such zone file");
                  }));
      fixture.with(
          "b",
          builder -> {
            throw new SourceException(SourceException.Kind.NOT_FOUND, "b", "no such profile");
          });
      fixture.with(
          "c",
          builder ->
              builder.sink(
                  () -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                  }));
      CameraFleet fleet = fixture.start();
      fleet.addAll(
          List.of(fixture.file("a"), fixture.file("b"), fixture.file("c"), fixture.file("d")));

      fixture.awaitAllFrames("d");
      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(fleet.status().states())
          .isEqualTo(Map.of(StreamState.FAILED, 3, StreamState.STOPPED, 1));
      assertThat(fixture.status("a").stream().lastProblem().orElseThrow().message())
          .isEqualTo("no such zone file");
      assertThat(fixture.status("b").stream().lastProblem().orElseThrow().kind())
          .isEqualTo(SourceException.Kind.NOT_FOUND);
      assertThat(fixture.events)
          .anySatisfy(event -> assertThat(event.detail()).contains("no such zone file"));
    }
  }

  @Test
  void add_aPipelineThatTakesLongToMake_holdsUpNoOther() {
    CountDownLatch never = new CountDownLatch(1);
    try (FleetFixture fixture = new FleetFixture()) {
      fixture.with(
          "slow",
          builder ->
              builder.sample(
                  () -> {
                    Bounded.await(never);
                    return FrameSampler.all();
                  }));
      CameraFleet fleet = fixture.start();
      Bounded.run(
          "add",
          () ->
              fleet.addAll(
                  List.of(fixture.file("slow").with(Priority.HIGH), fixture.file("quick"))));

      fixture.awaitAllFrames("quick");

      assertThat(fixture.status("slow").state()).isEqualTo(StreamState.CONNECTING);
      Bounded.run("close", fleet::close);
      assertThat(fixture.status("slow").state()).isEqualTo(StreamState.STOPPED);
      never.countDown(); // and what was made after all is closed
    }
  }

  @Test
  void addAll_ofMixedPriorities_startsTheHighOnesFirst() {
    List<String> started = new CopyOnWriteArrayList<>();
    try (FleetFixture fixture = new FleetFixture()) {
      List<Camera> cameras =
          List.of(
              fixture.file("low").with(Priority.LOW),
              fixture.file("normal"),
              fixture.file("high-1").with(Priority.HIGH),
              fixture.file("high-2").with(Priority.HIGH));
      for (Camera camera : cameras) {
        String name = camera.id().substring(fixture.name.length() + 1);
        fixture.with(
            name,
            builder ->
                builder.sample(
                    () -> {
                      started.add(name);
                      return FrameSampler.all();
                    }));
      }
      CameraFleet fleet = fixture.start();
      fleet.addAll(cameras);
      fixture.awaitAllFrames("low", "normal", "high-1", "high-2");

      assertThat(started).containsExactly("high-1", "high-2", "normal", "low");
    }
  }

  @Test
  void status_ofZones_isTheirCamerasTruth() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      Camera broken =
          new Camera(
              fixture.id("broken"),
              FakeFrameSource.of(fixture.id("broken"), FleetFixture.CLIP)
                  .failAt(30, SourceException.Kind.CORRUPT)
                  .build());
      fleet.addAll(
          List.of(
              fixture.silent("a").in("yard"),
              fixture.file("b").in("yard"),
              broken.in("gate").with(Priority.HIGH),
              fixture.file("d")));
      fixture.awaitAllFrames("b", "d");
      FleetFixture.await(
          () -> fixture.status("broken").state() == StreamState.FAILED, "broken fails");
      FleetFixture.await(() -> fixture.status("a").info().isPresent(), "a is connected");

      FleetStatus status = fleet.status();
      assertThat(status.zones()).containsExactly("", "gate", "yard");
      assertThat(status.zone("yard").states())
          .isEqualTo(Map.of(StreamState.CONNECTING, 1, StreamState.STOPPED, 1));
      assertThat(status.zone("nowhere").cameras()).isEmpty();
      CameraStatus gate = status.zone("gate").cameras().get(0);
      assertThat(gate.priority()).isEqualTo(Priority.HIGH);
      assertThat(gate.stream().lastProblem().orElseThrow().message()).contains("frame 30");
      assertThat(gate.stream().lastFrame()).isPresent();
      assertThat(gate.counts().kept()).isEqualTo(30);
    }
  }

  @Test
  void status_ofARunThatBrokeBesideItsSource_isFailed() {
    try (FleetFixture fixture = new FleetFixture()) {
      fixture.with(
          "a",
          builder ->
              builder.onResult(
                  result -> {
                    throw new AssertionError("an Error is not isolated within its run");
                  }));
      CameraFleet fleet = fixture.start();
      fleet.addAll(List.of(fixture.file("a"), fixture.file("b")));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(fixture.status("a").state()).isEqualTo(StreamState.FAILED);
      assertThat(fixture.status("a").stream().lastProblem().orElseThrow().message())
          .contains("not isolated");
      assertThat(fixture.status("b").counts().kept()).isEqualTo(60);
    }
  }

  @Test
  void addAndRemove_aHundredTimes_leavesNoThread() {
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      for (int i = 0; i < 100; i++) {
        fleet.add(i % 2 == 0 ? fixture.silent("a") : fixture.file("a"));
        if (i % 3 == 0) { // else it may be anywhere between added and running
          FleetFixture.await(() -> fixture.status("a").counts().read() >= 0, "status");
        }
        assertThat(Bounded.call("remove", () -> fleet.remove(fixture.id("a")))).isTrue();
      }

      fixture.assertNoThreads();
      assertThat(fleet.cameras()).isEmpty();
    }
  }

  @Test
  void add_afterClose_isRefused() {
    CameraFleet fleet = new FleetFixture().start();
    fleet.close();
    try (FleetFixture fixture = new FleetFixture()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> fleet.add(fixture.file("a")))
          .withMessageContaining("closed");
    }
  }

  private static void hold(CountDownLatch inside, CountDownLatch until) {
    inside.countDown();
    boolean waiting = true;
    while (waiting) { // as what does not notice interrupts
      try {
        until.await();
        waiting = false;
      } catch (InterruptedException e) {
        waiting = true;
      }
    }
  }
}
