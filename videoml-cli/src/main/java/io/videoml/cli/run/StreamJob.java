package io.videoml.cli.run;

import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ErrorLine;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.process.ProgressLine;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs a pipeline for a command: shows progress, ends it when asked to, and says how it went. */
public final class StreamJob {
  private static final Duration PROGRESS = Duration.ofMillis(250);

  private final CliContext context;
  private final ProgressLine progress;
  private final Trouble trouble = new Trouble();
  private volatile Map<String, Supplier<StreamStatus>> streams = Map.of();

  /**
   * @param showProgress whether progress is wanted, if there is a terminal to show it on
   */
  public StreamJob(CliContext context, boolean showProgress) {
    this.context = context;
    this.progress =
        new ProgressLine(
            context.console().err(), showProgress && context.console().errIsTerminal());
  }

  /**
   * Returns a sink whose first failure ends the run, where a pipeline alone would only log it.
   *
   * @param sink what may fail
   */
  public ResultSink guard(ResultSink sink) {
    return new GuardedSink(sink, trouble);
  }

  /** Returns how the stream that is run is doing, by its name; empty before. From any thread. */
  public Map<String, StreamStatus> streams() {
    return streams.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, stream -> stream.getValue().get()));
  }

  /**
   * Runs to the end.
   *
   * @param last takes the counts, however the run ended, unless the command was called wrongly
   * @return the exit code of a run that went well or was interrupted
   * @throws RuntimeException if it did not go well
   */
  public int run(PipelineBuilder pipeline, Consumer<RunSummary> last) {
    PipelineSpec spec = pipeline.build();
    RunResult end;
    try (PipelineRun run = start(spec, last)) {
      streams = Map.of(spec.name(), run::status);
      trouble.onReport(run::stop);
      context.interruption().onSignal(run::close);
      end = await(run);
    }
    finish(end.summary(), last);
    check(spec, end);
    return context.interruption().exitCode().orElse(ExitCode.DONE);
  }

  private PipelineRun start(PipelineSpec spec, Consumer<RunSummary> last) {
    try {
      return spec.start();
    } catch (RuntimeException | LinkageError e) {
      if (ErrorLine.explain(e).exitCode() != ExitCode.USAGE) {
        finish(new RunSummary(spec.name(), 0, 0, 0, Map.of(), Duration.ZERO, Map.of()), last);
      }
      throw e;
    }
  }

  private RunResult await(PipelineRun run) {
    try {
      Optional<RunResult> end = run.await(PROGRESS);
      while (end.isEmpty() && !Thread.currentThread().isInterrupted()) {
        progress.show(run.summary());
        end = run.await(PROGRESS);
      }
      return end.orElseGet(run::await);
    } finally {
      progress.erase();
    }
  }

  private void finish(RunSummary summary, Consumer<RunSummary> last) {
    try {
      last.accept(summary);
    } catch (RuntimeException e) {
      trouble.report(e);
    }
  }

  /** A camera's end is a fault to recover from, unless that is not wanted: then it is an end. */
  private static boolean endedByItself(Throwable cause) {
    return cause instanceof SourceException source && source.kind() == SourceException.Kind.ENDED;
  }

  private void check(PipelineSpec spec, RunResult end) {
    if (end instanceof RunResult.Failed failed && !endedByItself(failed.cause())) {
      throw ErrorLine.explain(failed.cause());
    }
    trouble
        .first()
        .ifPresent(
            problem -> {
              throw problem;
            });
    RunSummary summary = end.summary();
    if (summary.failed() > 0 && summary.kept() == 0) {
      throw CliException.failure(
          "all " + summary.failed() + " frames failed",
          "the warnings above say why; --verbose says more");
    }
    long damaged = summary.dropped().getOrDefault(DropReason.CORRUPT, 0L);
    if (damaged > 0 && !spec.source().live()) { // on a network stream, damage is weather
      throw CliException.failure(
          damaged + " of " + summary.read() + " frames of " + spec.source().id() + " are damaged",
          "they were left out, the others were handled; get an intact copy");
    }
  }
}
