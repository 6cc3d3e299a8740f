package io.videoml.cli.fleet;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts variables of the environment in place of <code>${NAME}</code>, for secrets above all. */
final class Environment {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$(?=\\{)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$\\{");

  private final Function<String, @Nullable String> variables;

  Environment(Function<String, @Nullable String> variables) {
    this.variables = variables;
  }

  /** Returns whether a text refers to a variable, so that its value must not be shown. */
  static boolean refers(String text) {
    return text.contains("${");
  }

  /** Returns the text with values; <code>$${</code> stands for <code>${</code> itself. */
  String expand(String text, Place place) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value(matcher, place)));
    }
    return matcher.appendTail(expanded).toString();
  }

  private String value(Matcher matcher, Place place) {
    if (matcher.group().equals("$$")) {
      return "$";
    }
    String name = matcher.group(1);
    if (name == null) {
      throw place.wrong(
          "a reference to the environment is not complete",
          "write ${NAME} with letters, digits and _; write $${ for the characters themselves");
    }
    String value = variables.apply(name);
    if (value == null) {
      throw place.wrong(
          "the environment has no variable " + name,
          "set it, or write $${ for the characters themselves");
    }
    return value;
  }
}
