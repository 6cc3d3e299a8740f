package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.Priority;
import io.videoml.frame.Frame;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets the detector, when, with which frame. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetTurnsTest {

  @Test
  void detect_byManyCameras_isNeverDoneByMoreThanAllowed() {
    Watched detector = new Watched(1, frames -> Thread.yield());
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(2));
      fleet.addAll(files(fixture, 12));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(detector.most.get()).isEqualTo(2);
      assertThat(detector.frames.get()).isEqualTo(12 * 60);
    }
  }

  @Test
  void batched_framesOfSeveralCameras_areDetectedInOneCall() {
    CountDownLatch allWait = new CountDownLatch(1);
    Watched detector = new Watched(8, frames -> Bounded.await(allWait));
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet =
          fixture.start(
              builder -> builder.maxConcurrent(1).batched(4, Duration.ofSeconds(Bounded.SECONDS)));
      fleet.addAll(files(fixture, 4));

      FleetFixture.await(() -> detector.most.get() == 1, "the first call");
      allWait.countDown();
      FleetFixture.await(() -> detector.frames.get() >= 200, "many frames");
      assertThat(detector.sizes).startsWith(4, 4, 4);
      assertThat(detector.most.get()).as("calls at once").isOne();
      fleet.remove(fixture.id("0")); // the rest cannot fill a batch, and must not wait for ever
    }
  }

  @Test
  void batched_aDetectorThatGainsNothing_isCalledWithSingleFramesWithinTheLimit() {
    Watched detector = new Watched(1, frames -> Thread.yield());
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet =
          fixture.start(builder -> builder.maxConcurrent(2).batched(4, Duration.ofSeconds(1)));
      fleet.addAll(files(fixture, 6));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(detector.sizes).containsOnly(1);
      assertThat(detector.most.get()).isEqualTo(2);
    }
  }

  @Test
  void fresh_aFrameThatWaitedTooLong_isDroppedAsStaleAndNeverDetected() {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    List<Integer> detected = new CopyOnWriteArrayList<>();
    Watched detector =
        new Watched(
            1,
            frames -> {
              detected.add(frames.get(0).info().width());
              busy.countDown();
              Bounded.await(free);
            });
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet =
          fixture.start(
              builder ->
                  builder
                      .maxConcurrent(1)
                      .freshness(Priority.HIGH, Duration.ofHours(1))
                      .freshness(Priority.LOW, Duration.ofNanos(1)));
      fleet.add(fixture.file("busy").with(Priority.HIGH));
      Bounded.await(busy);
      TestClip small = FleetFixture.CLIP.withSize(32, 32);
      fleet.add(
          new Camera(
                  fixture.id("late"), FakeFrameSource.of(fixture.id("late"), small).live().build())
              .with(Priority.LOW));
      FleetFixture.await(() -> fixture.status("late").counts().read() == 60, "late has been read");
      free.countDown();

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      RunSummary late = fixture.status("late").counts();
      assertThat(late.dropped()).containsEntry(DropReason.STALE, 1L); // the newest
      assertThat(late.dropped()).containsEntry(DropReason.MAILBOX_FULL, 59L);
      assertThat(late.stages().get(2).stopped()).containsEntry("stale", 1L);
      FleetFixture.assertAddsUp(late);
      assertThat(fixture.metrics("late").dropped(DropReason.STALE)).isOne();
      assertThat(detected).hasSize(60).doesNotContain(32);
    }
  }

  @Test
  void fresh_framesOfAFile_waitAndAreNotLost() {
    try (FleetFixture fixture =
        new FleetFixture().detector(new Watched(1, frames -> Thread.yield()))) {
      CameraFleet fleet =
          fixture.start(
              builder -> builder.maxConcurrent(1).freshness(Priority.NORMAL, Duration.ofNanos(1)));
      fleet.addAll(files(fixture, 5));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      fleet.status().cameras().forEach(camera -> assertThat(camera.counts().kept()).isEqualTo(60));
    }
  }

  @Test
  void takeTurn_whileAnOldFrameWaits_getsTheNewest() {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Watched detector =
        new Watched(
            1,
            frames -> {
              busy.countDown();
              Bounded.await(free);
            });
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(1));
      fleet.add(fixture.file("busy"));
      Bounded.await(busy);
      fleet.add(
          new Camera(
              fixture.id("live"),
              FakeFrameSource.of(fixture.id("live"), FleetFixture.CLIP).live().build()));
      FleetFixture.await(() -> fixture.status("live").counts().read() == 60, "live has been read");
      free.countDown();

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(fixture.sink("live").indices()).containsExactly(59L);
    }
  }

  @Test
  void turns_underFullLoad_areSharedByPriorityAndTheLowestGetsThrough() {
    Semaphore calls = new Semaphore(0);
    List<Integer> widths = new CopyOnWriteArrayList<>();
    Watched detector =
        new Watched(
            1,
            frames -> {
              acquire(calls);
              widths.add(frames.get(0).info().width());
            });
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(1));
      List<Camera> cameras = new ArrayList<>();
      for (Priority priority : Priority.values()) {
        for (int i = 0; i < 2; i++) {
          String id = fixture.id(priority.code() + i);
          TestClip clip = FleetFixture.CLIP.withSize(width(priority), 16).withFrames(2000);
          cameras.add(new Camera(id, FakeFrameSource.of(id, clip).build()).with(priority));
        }
      }
      fleet.addAll(cameras);
      FleetFixture.await(
          () -> fleet.status().cameras().stream().allMatch(c -> c.counts().read() >= 2),
          "all wait");
      for (int turn = 1; turn <= 210; turn++) { // one by one, so that everyone is back in line
        calls.release();
        int done = turn;
        FleetFixture.await(() -> widths.size() == done, "turn " + done);
      }

      // By weight 160, 40 and 10; without priorities 70 each. Whoever had a turn may be late for
      // the
      // next on a busy machine, which costs the highest most.
      assertThat(count(widths, Priority.HIGH)).isBetween(105L, 165L);
      assertThat(count(widths, Priority.NORMAL)).isBetween(35L, 69L);
      assertThat(count(widths, Priority.LOW)).isBetween(9L, 40L);
      calls.release(1_000_000);
    }
  }

  @Test
  void turn_whileAListenerOrUplinkBlocks_isNotHeld() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(2);
    try (FleetFixture fixture =
        new FleetFixture().detector(new Watched(1, frames -> Thread.yield()))) {
      fixture.with(
          "listener",
          builder ->
              builder.onResult(
                  result -> {
                    blocked.countDown();
                    Bounded.await(never);
                  }));
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(1));
      fleet.add(fixture.file("listener"));
      FleetFixture.await(() -> blocked.getCount() == 1, "the listener blocks");
      try (UplinkFleet uplinks = new UplinkFleet(blocked, never)) {
        Bounded.await(blocked);
        fleet.add(fixture.file("other"));
        fixture.awaitAllFrames("other");
        uplinks.awaitOther();
      }
    }
  }

  @Test
  void turn_whileADetectorBlocks_isHeldByThatOneAlone() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    Watched detector =
        new Watched(
            1,
            frames -> {
              if (frames.get(0).info().width() == 32) {
                blocked.countDown();
                Bounded.await(never);
              }
            });
    try (FleetFixture fixture = new FleetFixture().detector(detector)) {
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(2));
      String id = fixture.id("bad");
      fleet.add(
          new Camera(id, FakeFrameSource.of(id, FleetFixture.CLIP.withSize(32, 32)).build())
              .with(Priority.HIGH));
      Bounded.await(blocked);
      fleet.addAll(files(fixture, 3));

      fixture.awaitAllFrames("0", "1", "2");
    }
  }

  /** A fleet of one turn, of which one camera's uplink blocks. */
  private static final class UplinkFleet implements AutoCloseable {
    private final FleetFixture fixture = new FleetFixture();

    UplinkFleet(CountDownLatch blocked, CountDownLatch never) {
      Watched detector = new Watched(1, frames -> Thread.yield());
      for (String camera : List.of("uplink", "other")) {
        fixture.with(
            camera,
            builder ->
                builder.cascade(
                    Cascade.detect(fixture.name, () -> detector)
                        .to(
                            "cloud",
                            () ->
                                (frame, result) -> {
                                  if (camera.equals("uplink")) {
                                    blocked.countDown();
                                    Bounded.await(never);
                                  }
                                  return 1;
                                })));
      }
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(1));
      fleet.add(fixture.file("uplink"));
      Bounded.await(blocked);
      fleet.add(fixture.file("other"));
    }

    void awaitOther() {
      fixture.awaitAllFrames("other");
    }

    @Override
    public void close() {
      fixture.close();
    }
  }

  private static List<Camera> files(FleetFixture fixture, int number) {
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      cameras.add(fixture.file(String.valueOf(i)).with(Priority.values()[i % 3]));
    }
    return cameras;
  }

  private static int width(Priority priority) {
    return 16 * (priority.ordinal() + 1);
  }

  private static long count(List<Integer> widths, Priority priority) {
    return widths.stream().filter(width -> width == width(priority)).count();
  }

  private static void acquire(Semaphore calls) {
    try {
      calls.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A detector that knows how many calls it is in, and of how many frames they are. */
  private static final class Watched implements Detector {
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger frames = new AtomicInteger();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final int maxBatch;
    private final Consumer<List<? extends Frame>> work;

    Watched(int maxBatch, Consumer<List<? extends Frame>> work) {
      this.maxBatch = maxBatch;
      this.work = work;
    }

    @Override
    public List<Detections> detect(List<? extends Frame> lent) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        sizes.add(lent.size());
        work.accept(lent);
        frames.addAndGet(lent.size());
        return lent.stream().map(frame -> Detections.NONE).toList();
      } finally {
        inside.decrementAndGet();
      }
    }

    @Override
    public int maxBatch() {
      return maxBatch;
    }

    @Override
    public void close() {}
  }
}
