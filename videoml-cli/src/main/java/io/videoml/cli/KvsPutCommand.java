package io.videoml.cli;

import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.PutJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A source into a stream, packets untouched. */
@Command(
    name = "put",
    customSynopsis =
        "videoml kvs put --source URI --stream NAME [--kvs-endpoint URL] [--region NAME] [options]",
    description = {
      "Sends the packets of a source to a Kinesis video stream, as they are: H.264 or H.265, nothing is decoded.",
      "A line of JSON for each fragment that is stored, and a summary. A file ends when all of it is stored."
    })
final class KvsPutCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final SourceOptions source = new SourceOptions();

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME",
      description = "The stream that it goes to, which must be there; a name or an ARN.")
  private String stream = "";

  @Mixin private final LogOptions log = new LogOptions();

  KvsPutCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new PutJob(context, log).run(source.sharingKvs(), stream);
  }
}
