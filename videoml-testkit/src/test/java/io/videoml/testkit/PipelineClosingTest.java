package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Runs that are stopped or closed, by others or by their own stages. */
class PipelineClosingTest {
  private static final TestClip CLIP = TestClips.still();

  @Test
  void stop_whileReading_deliversWhatWasKept() {
    AtomicReference<PipelineRun> running = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    RunFixture fixture =
        new RunFixture(
            FakeFrameSource.of("stopped", CLIP)
                .before(
                    10,
                    () -> {
                      Bounded.await(started);
                      running.get().stop();
                    })
                .build());
    running.set(fixture.start());
    started.countDown();

    RunResult end = fixture.ended(await(running.get()));

    assertThat(end).isInstanceOf(RunResult.Stopped.class);
    assertThat(end.summary().kept()).isEqualTo(10);
    assertThat(fixture.sink.results()).hasSize(10);
  }

  @Test
  void stop_whileTheSourceIsSilent_ends() {
    CountDownLatch seen = new CountDownLatch(3);
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of("silent", CLIP).hangAt(3).build())
            .with(builder -> builder.onResult(result -> seen.countDown()));
    PipelineRun run = fixture.start();
    Bounded.await(seen);

    run.stop();

    RunResult end = fixture.ended(await(run));
    assertThat(end).isInstanceOf(RunResult.Stopped.class);
    assertThat(end.summary().kept()).isEqualTo(3);
  }

  @Test
  void close_whileTheSourceOpens_ends() {
    CountDownLatch opening = new CountDownLatch(1);
    RunFixture fixture =
        new RunFixture(
            FakeFrameSource.of("slow", CLIP).onOpen(opening::countDown).hangOnOpen().build());
    PipelineRun run = fixture.start();
    Bounded.await(opening);

    Bounded.run("close", run::close);

    assertThat(fixture.ended(await(run))).isInstanceOf(RunResult.Stopped.class);
  }

  @Test
  void close_rightAfterStart_ends() {
    for (int i = 0; i < 200; i++) { // the two threads may be anywhere
      RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
      PipelineRun run = fixture.start();
      Bounded.run("close", run::close);
      fixture.ended(await(run));
    }
  }

  @Test
  void close_whileTheDetectorIsStuck_returnsAndDropsWhatWaits() {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    PipelineRun run =
        fixture
            .detector(
                ScriptedDetector.scripted(
                    frame -> {
                      stuck.countDown();
                      uninterruptibly(never);
                      return List.of();
                    }))
            .start();
    Bounded.await(stuck);

    Bounded.run("close", run::close);

    assertThat(run.await(Duration.ZERO)).as("still has its thread").isEmpty();
    never.countDown();
    RunResult end = fixture.ended(await(run));
    assertThat(end).isInstanceOf(RunResult.Stopped.class);
    assertThat(end.summary().kept()).isOne(); // the one it was stuck with
  }

  @Test
  void run_interruptedWhileTheDetectorIsStuck_returnsCountsThatAddUp() {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    fixture.detector(
        ScriptedDetector.scripted(
            frame -> {
              stuck.countDown();
              uninterruptibly(never);
              return List.of();
            }));
    AtomicReference<Thread> runner = new AtomicReference<>();
    FutureTask<RunResult> run =
        Bounded.start(
            "run",
            () -> {
              runner.set(Thread.currentThread());
              RunResult end = fixture.spec().run();
              assertThat(Thread.interrupted()).as("stays set").isTrue();
              return end;
            });
    Bounded.await(stuck);
    runner.get().interrupt();

    RunResult end = Bounded.get(run);

    long dropped = end.summary().dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(end).isInstanceOf(RunResult.Stopped.class);
    assertThat(end.summary().kept() + end.summary().failed() + dropped)
        .isEqualTo(end.summary().read());
    never.countDown();
    fixture.assertNoThreads();
  }

  @Test
  void close_whileTheDetectorWaitsInterruptibly_ends() {
    CountDownLatch stuck = new CountDownLatch(1);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    PipelineRun run =
        fixture
            .detector(
                ScriptedDetector.scripted(
                    frame -> {
                      stuck.countDown();
                      Bounded.await(new CountDownLatch(1));
                      return List.of();
                    }))
            .start();
    Bounded.await(stuck);

    Bounded.run("close", run::close);

    assertThat(fixture.ended(await(run)).summary().kept()).isZero();
  }

  @Test
  void close_fromWithinASink_endsAfterIt() {
    AtomicReference<PipelineRun> running = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(
                builder ->
                    builder.onResult(
                        result -> {
                          Bounded.await(started);
                          running.get().close();
                        }));
    running.set(fixture.start());
    started.countDown();

    assertThat(fixture.ended(await(running.get()))).isInstanceOf(RunResult.Stopped.class);
  }

  @Test
  void close_fromWithinTheSampler_endsAfterIt() {
    AtomicReference<PipelineRun> running = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(
                builder ->
                    builder.sample(
                        () ->
                            frame -> {
                              Bounded.await(started);
                              running.get().close();
                              return FrameSampler.all().decide(frame);
                            }));
    running.set(fixture.start());
    started.countDown();

    assertThat(fixture.ended(await(running.get()))).isInstanceOf(RunResult.Stopped.class);
  }

  @Test
  void close_afterTheEnd_changesNothing() {
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    PipelineRun run = fixture.start();
    RunResult end = fixture.ended(await(run));

    run.close();
    run.stop();

    assertThat(await(run)).isSameAs(end);
    assertThat(run.summary()).isSameAs(end.summary());
    assertThat(run.stream()).isEmpty();
    assertThat(fixture.sink.timesClosed()).isOne();
  }

  @Test
  void end_ofAClosedRun_doesNotFindItsThreadInterrupted() {
    CountDownLatch stuck = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean(true);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));
    PipelineRun run =
        fixture
            .with(
                builder ->
                    builder.sink(
                        () ->
                            new ResultSink() {
                              @Override
                              public void accept(Frame frame, FrameResult result) {
                                stuck.countDown();
                                Bounded.await(new CountDownLatch(1));
                              }

                              @Override
                              public void close() { // an interrupt would break files half-way
                                interrupted.set(Thread.currentThread().isInterrupted());
                              }
                            }))
            .start();
    Bounded.await(stuck);

    Bounded.run("close", run::close);

    await(run);
    assertThat(interrupted).isFalse();
  }

  @Test
  void await_byAStageOfTheRun_isRefusedInsteadOfWaitingForEver() {
    AtomicReference<PipelineRun> running = new AtomicReference<>();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    RunFixture fixture =
        new RunFixture(FakeFrameSource.of(CLIP))
            .with(
                builder ->
                    builder.onResult(
                        result -> {
                          Bounded.await(started);
                          refused.set(catchThrowable(() -> running.get().await()));
                        }));
    running.set(fixture.start());
    started.countDown();

    assertThat(fixture.ended(await(running.get()))).isInstanceOf(RunResult.Completed.class);
    assertThat(refused.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its own run");
  }

  private static RunResult await(PipelineRun run) {
    return Bounded.call("await", run::await);
  }

  /** As native code: does not notice interrupts. */
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
