package io.videoml.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above those for Kinesis Video Streams. */
@Command(
    name = "kvs",
    customSynopsis = "videoml kvs put --source URI --stream NAME [options]",
    description = "Writes to Kinesis Video Streams. To read, name kvs://STREAM as a source.")
final class KvsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(),
        "kvs does nothing by itself; to send a source to a stream: videoml kvs put");
  }
}
