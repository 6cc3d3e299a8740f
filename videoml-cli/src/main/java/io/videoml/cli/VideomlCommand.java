package io.videoml.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command above the commands. */
@Command(
    name = "videoml",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    sortOptions = false,
    description =
        "Turns video streams into detections. Results go to standard output, everything else to standard error.",
    footer = {"", "Start with: videoml demo"})
final class VideomlCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(),
        "no command given; start with: videoml demo");
  }
}
