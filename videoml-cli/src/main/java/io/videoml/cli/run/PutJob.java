package io.videoml.cli.run;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.output.PutJson;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ErrorLine;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.process.ProgressLine;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.kvs.produce.ProducerEvent;
import io.videoml.kvs.produce.ProducerStatistics;
import io.videoml.kvs.produce.WhenFull;
import io.videoml.packet.PacketSource;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends a source's packets to a Kinesis video stream, and says what became of them. */
public final class PutJob {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final CliContext context;
  private final LogOptions log;
  private final Trouble trouble = new Trouble();
  private volatile @Nullable SourceException givenUp;

  public PutJob(CliContext context, LogOptions log) {
    this.context = context;
    this.log = log;
  }

  /**
   * Runs to the source's end.
   *
   * @param stream a name, or an ARN
   */
  public int run(SourceOptions options, String stream) {
    FrameSource source = context.parts().source(options);
    if (!(source instanceof PacketSource packets)) {
      throw CliException.usage(
          "packets of " + source.id() + " cannot be had", "name a source that FFmpeg or KVS reads");
    }
    KvsProducer producer = producer(options, source, stream);
    long start = System.nanoTime();
    try (LineOutput output = LineOutput.open("-", context.console())) {
      Target target = new Target(producer.id().substring("kvs://".length()), source.id());
      ReconnectPolicy policy =
          options.reconnects(source)
              ? ReconnectPolicy.defaults().failingAtFirst()
              : ReconnectPolicy.never();
      KvsForward forward =
          producer.forward(packets, policy, event -> hear(event, target.stream(), output));
      RuntimeException failure = null;
      try (forward) {
        trouble.onReport(forward::close);
        context.interruption().onSignal(forward::close);
        await(forward, target.stream());
      } catch (RuntimeException e) { // of whatever kind: the summary follows
        failure = e;
      }
      SourceException given = givenUp;
      if (given != null) { // which says why, where the writer only says that it takes no more
        failure = given;
      }
      ProducerStatistics done = forward.statistics();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      write(output, PutJson.summary(target.stream(), target.source(), done, time));
      if (failure != null && context.interruption().exitCode().isEmpty()) {
        throw explain(failure, producer);
      }
      trouble
          .first()
          .ifPresent(
              problem -> {
                throw problem;
              });
      return context.interruption().exitCode().orElseGet(() -> check(producer, done));
    }
  }

  /** Whom lines are about. */
  private record Target(String stream, String source) {}

  private static KvsProducer producer(SourceOptions options, FrameSource source, String stream) {
    try {
      return KvsProducer.builder(stream)
          .connection(KvsParts.connection(options.kvs()))
          // Of a file nothing is lost; of a camera the newest matters.
          .whenFull(source.live() ? WhenFull.DROP_OLDEST_FRAGMENT : WhenFull.BLOCK)
          .reconnect(ReconnectPolicy.defaults().failingAtFirst())
          .build();
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--stream names no stream", String.valueOf(e.getMessage()));
    }
  }

  private void await(KvsForward forward, String stream) {
    boolean watched =
        !log.quiet() && !context.console().outIsTerminal() && context.console().errIsTerminal();
    ProgressLine progress = new ProgressLine(context.console().err(), watched);
    try {
      while (!forward.await(LOOK)) {
        ProducerStatistics so = forward.statistics();
        progress.show(
            "%s  %d pictures put  %d stored  %d waiting fragments"
                .formatted(stream, so.framesPut(), so.framesPersisted(), so.pendingFragments()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      progress.erase();
    }
  }

  private void hear(ProducerEvent event, String stream, LineOutput output) {
    if (event instanceof ProducerEvent.Failed failed) {
      givenUp = failed.failure();
    }
    PutJson.event(stream, event, Instant.now()).ifPresent(line -> write(output, line));
  }

  private void write(LineOutput output, byte[] line) {
    try {
      output.write(line);
    } catch (RuntimeException e) {
      trouble.report(e);
    }
  }

  private static CliException explain(RuntimeException failure, KvsProducer producer) {
    if (failure instanceof SourceException target && target.source().equals(producer.id())) {
      return ErrorLine.cannot("write", target);
    }
    return ErrorLine.explain(failure);
  }

  private static int check(KvsProducer producer, ProducerStatistics done) {
    long lost = done.framesPut() - done.framesPersisted();
    if (lost > 0) {
      throw CliException.failure(
          "%d of %d pictures are not stored in %s".formatted(lost, done.framesPut(), producer.id()),
          done.lastError().orElse("the service did not say so in time")
              + "; the lines above say which, and a faster network helps");
    }
    return ExitCode.DONE;
  }
}
