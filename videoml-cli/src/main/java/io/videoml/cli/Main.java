package io.videoml.cli;

import io.videoml.cli.process.CliException;
import io.videoml.cli.process.Console;
import io.videoml.cli.process.ConsoleLogger;
import io.videoml.cli.process.ErrorLine;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.InstalledParts;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The {@code videoml} command. */
public final class Main {
  private final CliContext context;

  Main(CliContext context) {
    this.context = context;
  }

  /** Runs a command and ends the process with its exit code. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    CliContext context =
        new CliContext(Console.ofProcess(), Interruption.ofProcess(), new InstalledParts());
    System.setOut(System.err); // standard output holds results only, whatever a library prints
    System.exit(new Main(context).run(arguments));
  }

  /** Runs a command. Every failure ends here. */
  int run(String... arguments) {
    ConsoleLogger.verbose(false);
    try {
      return commandLine().execute(arguments);
    } catch (Error e) { // picocli handles exceptions only
      return failed(e);
    }
  }

  private CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new VideomlCommand())
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new DetectCommand(context))
            .addSubcommand(new SampleCommand(context))
            .addSubcommand(new KeyFramesCommand(context))
            .addSubcommand(new BenchCommand(context))
            .addSubcommand(new FleetCommand(context))
            .addSubcommand(new DoctorCommand(context))
            .addSubcommand(
                new CommandLine(new KvsCommand()).addSubcommand(new KvsPutCommand(context)))
            .addSubcommand(new KvsLocalCommand(context));
    return commands
        .setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(context.console().err(), true, StandardCharsets.UTF_8))
        .setUnmatchedOptionsArePositionalParams(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((problem, rest) -> failed(WrongUsage.of(problem)))
        .setExecutionExceptionHandler((problem, command, parsed) -> failed(problem));
  }

  private int failed(Throwable problem) {
    CliException explained = ErrorLine.explain(problem);
    if (!explained.quiet()) {
      String message = String.valueOf(explained.getMessage());
      context.console().err().println("videoml: error: " + ErrorLine.oneLine(message));
    }
    if (ConsoleLogger.isVerbose()) {
      problem.printStackTrace(context.console().err());
    }
    return context.interruption().exitCode().orElse(explained.exitCode());
  }
}
