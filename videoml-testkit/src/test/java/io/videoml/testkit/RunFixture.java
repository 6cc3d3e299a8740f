package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Detector;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A pipeline over a fake source with everything recorded, and the checks that hold however it ends.
 */
final class RunFixture {
  final String name = "run-" + UUID.randomUUID();
  final FakeFrameSource source;
  final RecordingSink sink = new RecordingSink();
  final RecordingMetricsSink metrics = new RecordingMetricsSink();
  private UnaryOperator<PipelineBuilder> more = builder -> builder;

  RunFixture(FakeFrameSource source) {
    this.source = source;
  }

  /** Adds a detector under a key of its own. */
  RunFixture detector(Detector detector) {
    return with(builder -> builder.detect(name, () -> detector));
  }

  RunFixture with(UnaryOperator<PipelineBuilder> further) {
    UnaryOperator<PipelineBuilder> before = more;
    more = builder -> further.apply(before.apply(builder));
    return this;
  }

  PipelineSpec spec() {
    RecordingSink recording = sink;
    RecordingMetricsSink counting = metrics;
    PipelineBuilder builder =
        Pipeline.named(name).source(source).sink(() -> recording).metrics(() -> counting);
    return more.apply(builder).build();
  }

  PipelineRun start() {
    return spec().start();
  }

  /** Runs to the end and checks what holds in every ending. */
  RunResult run() {
    return ended(Bounded.call("run", () -> spec().run()));
  }

  /** Checks what holds in every ending. */
  RunResult ended(RunResult end) {
    RunSummary summary = end.summary();
    long dropped = summary.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(summary.kept() + summary.failed() + dropped)
        .as("kept + failed + dropped of %s", summary)
        .isEqualTo(summary.read());
    assertThat(metrics.read()).as("read, by metrics").isEqualTo(summary.read());
    assertThat(metrics.kept()).as("kept, by metrics").isEqualTo(summary.kept());
    assertThat(metrics.failed()).as("failed, by metrics").isEqualTo(summary.failed());
    assertThat(metrics.dropped()).as("dropped, by metrics").isEqualTo(dropped);
    long arrived = summary.read();
    for (StageSummary stage : summary.stages()) {
      long stopped = stage.stopped().values().stream().mapToLong(Long::longValue).sum();
      assertThat(stage.in()).as("in of %s, all of %s", stage, summary).isEqualTo(arrived);
      assertThat(stage.out() + stopped).as("out + stopped of %s", stage).isEqualTo(arrived);
      arrived = stage.out();
    }
    assertThat(arrived).as("out of the last stage").isGreaterThanOrEqualTo(summary.kept());
    assertThat(source.ledger().open()).as("frames not closed").isZero();
    assertThat(source.ledger().closedAgain()).as("frames closed twice").isZero();
    assertThat(sink.timesClosed()).as("times the sink was closed").isOne();
    assertThat(sink.events(PipelineEvent.Type.ENDED)).hasSize(1);
    assertNoThreads();
    return end;
  }

  void assertNoThreads() {
    for (Thread thread : threads()) {
      Bounded.run("join", () -> join(thread));
    }
    assertThat(threads()).isEmpty();
  }

  private List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("videoml-" + name))
        .toList();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(thread + " does not end", e);
    }
  }
}
