package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.fleet.Camera;
import io.videoml.fleet.CameraFleet;
import io.videoml.fleet.Priority;
import io.videoml.metrics.MetricsSink;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.resilience.StreamState;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One camera misbehaves, of the highest priority; the others must not notice: with one turn and one
 * detector for all, each gets every frame of its file.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetIsolationTest {
  private final CountDownLatch misbehaves = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void source_hangsInOpen_othersLoseNothing() {
    othersLoseNothingBeside(
        id -> source(id).live().onOpen(misbehaves::countDown).hangOnOpen().build(), same -> same);
  }

  @Test
  void source_failsAtEveryAttempt_othersLoseNothing() {
    othersLoseNothingBeside(
        id ->
            source(id)
                .endless()
                .onOpen(
                    () -> {
                      misbehaves.countDown();
                      throw new SourceException(SourceException.Kind.REFUSED, id, "refused");
                    })
                .build(),
        same -> same);
  }

  @Test
  void source_throwsWhatItMustNot_othersLoseNothing() {
    othersLoseNothingBeside(
        id ->
            source(id)
                .before(
                    3,
                    () -> {
                      misbehaves.countDown();
                      throw new StackOverflowError("as told");
                    })
                .build(),
        same -> same);
  }

  @Test
  void system_hasNoThreadForOneCamera_thatOneFailsAndTheNextStarts() {
    AtomicBoolean none = new AtomicBoolean(true);
    InheritableThreadLocal<String> inherited =
        new InheritableThreadLocal<>() {
          @Override
          protected String childValue(String value) { // asked by the thread that makes another
            if (Thread.currentThread().getName().equals("videoml-fleet-launcher")
                && none.getAndSet(false)) {
              throw new OutOfMemoryError("unable to create native thread, as told");
            }
            return value;
          }
        };
    inherited.set("to be inherited");
    try (FleetFixture fixture = new FleetFixture()) {
      CameraFleet fleet = fixture.start();
      fleet.addAll(List.of(fixture.file("a"), fixture.file("b")));

      assertThat(fleet.await(Duration.ofSeconds(Bounded.SECONDS))).isTrue();

      assertThat(fixture.status("a").state()).isEqualTo(StreamState.FAILED);
      assertThat(fixture.status("b").counts().kept()).isEqualTo(FleetFixture.CLIP.frames());
    } finally {
      inherited.remove();
    }
  }

  @Test
  void sampler_throws_othersLoseNothing() {
    othersLoseNothingBeside(
        this::file,
        builder ->
            builder.sample(
                () ->
                    frame -> {
                      misbehaves.countDown();
                      throw new IllegalStateException("as told");
                    }));
  }

  @Test
  void sampler_blocks_othersLoseNothing() {
    othersLoseNothingBeside(
        this::file,
        builder ->
            builder.sample(
                () ->
                    frame -> {
                      block();
                      return FrameSampler.all().decide(frame);
                    }));
  }

  @Test
  void listener_throws_othersLoseNothing() {
    othersLoseNothingBeside(
        this::file,
        builder ->
            builder.onResult(
                result -> {
                  misbehaves.countDown();
                  throw new IllegalStateException("as told");
                }));
  }

  @Test
  void listener_blocks_othersLoseNothing() {
    othersLoseNothingBeside(this::file, builder -> builder.onResult(result -> block()));
  }

  @Test
  void metrics_throw_othersLoseNothing() {
    othersLoseNothingBeside(
        this::file,
        builder ->
            builder.metrics(
                () ->
                    new MetricsSink() {
                      @Override
                      public void framesRead(String stream, long frames) {
                        misbehaves.countDown();
                        throw new IllegalStateException("as told");
                      }
                    }));
  }

  @Test
  void pipeline_cannotBeMade_othersLoseNothing() {
    othersLoseNothingBeside(
        this::file,
        builder ->
            builder.sink(
                () -> {
                  misbehaves.countDown();
                  throw new IllegalStateException("as told");
                }));
  }

  private void othersLoseNothingBeside(
      SourceOf badSource, UnaryOperator<PipelineBuilder> badPipeline) {
    try (FleetFixture fixture =
        new FleetFixture().detector(ScriptedDetector.finding()).with("bad", badPipeline)) {
      CameraFleet fleet = fixture.start(builder -> builder.maxConcurrent(1));
      String bad = fixture.id("bad");
      fleet.add(new Camera(bad, badSource.of(bad)).with(Priority.HIGH));
      Bounded.await(misbehaves);
      for (String good : new String[] {"a", "b", "c"}) {
        fleet.add(fixture.file(good));
      }

      fixture.awaitAllFrames("a", "b", "c");

      for (String good : new String[] {"a", "b", "c"}) {
        assertThat(fixture.status(good).counts().dropped()).isEmpty();
        assertThat(fixture.status(good).counts().failed()).isZero();
      }
    }
  }

  private interface SourceOf {
    FakeFrameSource of(String id);
  }

  private static FakeFrameSource.Builder source(String id) {
    return FakeFrameSource.of(id, FleetFixture.CLIP);
  }

  private FakeFrameSource file(String id) {
    return source(id).build();
  }

  private void block() {
    misbehaves.countDown();
    try {
      never.await(Bounded.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
