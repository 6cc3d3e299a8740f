package io.videoml.cli;

import io.videoml.cli.process.CliException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with arguments. Knows what the command line will have one day, so that whoever
 * tries it now learns that it is not a typing error.
 */
final class WrongUsage {
  private static final Set<String> NOT_YET = Set.of("--track");

  /** What may be an address with a password, in the wrong place: not to be repeated. */
  private static final Pattern ADDRESS = Pattern.compile("(?s).*(?:@|://).*|gst:.*");

  private WrongUsage() {}

  static CliException of(ParameterException problem) {
    String help = "see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    if (problem instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return CliException.usage(names(missing.getMissing()) + " is missing", help);
    }
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().get(0);
      String name = first.split("=", 2)[0];
      if (NOT_YET.contains(name)) {
        return CliException.usage(name + " is not in this version", help);
      }
      if (ADDRESS.matcher(name.startsWith("-") ? name : first).matches()) {
        return CliException.usage(
            "an argument belongs to no option", "an address goes behind --source; " + help);
      }
      String close = String.join(" or ", unmatched.getSuggestions());
      return CliException.usage(
          "unknown argument " + name,
          close.isEmpty() ? help : "did you mean " + close + "? " + help);
    }
    if (problem.getValue() != null && ADDRESS.matcher(problem.getValue()).matches()) {
      return CliException.usage(names(List.of(problem.getArgSpec())) + " takes no address", help);
    }
    return CliException.usage(String.valueOf(problem.getMessage()), help);
  }

  private static String names(List<ArgSpec> missing) {
    return missing.stream()
        .map(arg -> arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel())
        .collect(Collectors.joining(", "));
  }
}
