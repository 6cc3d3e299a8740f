package io.videoml.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above the commands. */
@Command(
    name = "videoml",
    customSynopsis = "videoml COMMAND [options]; videoml COMMAND --help lists them",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    description =
        "Turns video streams into detections. Results go to standard output, everything else to standard error.",
    footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 and 143 ended by a signal."})
final class VideomlCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(), "no command given; start with: videoml demo");
  }
}
