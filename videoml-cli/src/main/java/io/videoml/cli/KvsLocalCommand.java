package io.videoml.cli;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.output.StandInJson;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.run.CliContext;
import io.videoml.testkit.kvs.KvsStandIn;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The test kit's stand-in for Kinesis Video Streams, until it is interrupted. */
@Command(
    name = "kvs-local",
    customSynopsis = "videoml kvs-local --dir DIR [--port N] [--stream NAME]...",
    description = {
      "Runs a stand-in for Amazon Kinesis Video Streams on 127.0.0.1, for tests and development.",
      "Keeps streams and fragments in a folder. Says where it is, and which keys it takes: they are",
      "made up, the same each time, and worth nothing anywhere else. Ends when it is interrupted."
    })
final class KvsLocalCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "Where streams and fragments are kept; made if need be.")
  private @Nullable Path directory;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port on 127.0.0.1. Default: any that is free.")
  private int port;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "Makes this stream if it is not there; may be given several times.")
  private List<String> streams = List.of();

  @Mixin private final LogOptions log = new LogOptions();

  KvsLocalCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw CliException.usage("--port must be from 0 to 65535, was " + port, "0 is any");
    }
    long start = System.nanoTime();
    CountDownLatch ended = new CountDownLatch(1);
    context.interruption().onSignal(ended::countDown);
    try (LineOutput output = LineOutput.open("-", context.console());
        KvsStandIn service = start()) {
      streams.forEach(name -> create(service, name));
      if (!log.quiet()) {
        context
            .console()
            .err()
            .println(
                "videoml: a stand-in for Kinesis Video Streams at "
                    + service.endpoint()
                    + ", with keys that are made up");
      }
      output.write(
          StandInJson.ready(
              service.endpoint(),
              service.region(),
              service.accessKey(),
              service.secretKey(),
              Path.of(String.valueOf(directory)).toAbsolutePath().normalize()));
      ended.await();
      output.write(
          StandInJson.summary(
              service.streams().size(),
              service.streams().stream().mapToLong(name -> service.fragments(name).size()).sum(),
              service.requests().size(),
              Duration.ofNanos(System.nanoTime() - start)));
    }
    return context.interruption().exitCode().orElse(ExitCode.DONE);
  }

  private static void create(KvsStandIn service, String name) {
    try {
      service.createStream(name);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          "--stream cannot be \"" + name + "\"", String.valueOf(e.getMessage()));
    }
  }

  private KvsStandIn start() {
    try {
      return KvsStandIn.builder().directory(Path.of(String.valueOf(directory))).port(port).start();
    } catch (UncheckedIOException e) {
      throw CliException.failure(
          "the stand-in cannot start",
          "of port %d and folder %s: %s; choose others"
              .formatted(
                  port,
                  directory,
                  e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          e);
    }
  }
}
