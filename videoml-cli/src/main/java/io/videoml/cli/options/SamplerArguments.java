package io.videoml.cli.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/**
 * What follows a sampler's name: {@code 5} of {@code every:5}, or keys and values, as {@code
 * min=0.5,max=5}. Whoever reads it asks for each in turn, and at the end whether anything is left.
 */
final class SamplerArguments {
  private final String part;
  private final String name;
  private final String text;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();
  private boolean taken;

  /**
   * @param part one sampler of a specification, with its name
   */
  SamplerArguments(String part) {
    int colon = part.indexOf(':');
    this.part = part;
    this.name = colon < 0 ? part : part.substring(0, colon);
    this.text = colon < 0 ? "" : part.substring(colon + 1);
  }

  String name() {
    return name;
  }

  /** Returns the one value, which must be there, as a whole number. */
  int wholeNumber(String example) {
    return single("a whole number", example, Integer::valueOf);
  }

  /** Returns the one value, which must be there. */
  double number(String example) {
    return single("a number", example, Double::valueOf);
  }

  int wholeNumber(String key, int byDefault) {
    return keyed(key, byDefault, "" + byDefault, "a whole number", Integer::valueOf);
  }

  double number(String key, double byDefault) {
    return keyed(key, byDefault, "" + byDefault, "a number", Double::valueOf);
  }

  Duration duration(String key, Duration byDefault) {
    return keyed(key, byDefault, byDefault.toMillis() + "ms", "a duration", Durations::parse);
  }

  boolean flag(String key, boolean byDefault) {
    return keyed(key, byDefault, "" + !byDefault, "true or false", SamplerArguments::parseFlag);
  }

  /** Fails if something was given that was not asked for. */
  void requireAllRead() {
    if (known.isEmpty()) {
      if (!taken && !text.isEmpty()) {
        throw wrong("takes no value; write " + name);
      }
      return;
    }
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        throw wrong("has no option '" + key + "'; there are " + String.join(", ", known));
      }
    }
  }

  /** Returns the exception that says what is wrong with this sampler, to throw. */
  TypeConversionException wrong(String problem) {
    return new TypeConversionException("sampler '" + part + "' " + problem);
  }

  private <T> T single(String what, String example, Function<String, T> parse) {
    taken = true;
    if (text.isBlank()) {
      throw wrong("needs " + what + ", as in " + name + ":" + example);
    }
    return parsed(text, what, name + ":" + example, parse);
  }

  private <T> T keyed(
      String key, T byDefault, String example, String what, Function<String, T> parse) {
    if (known.isEmpty()) {
      split();
    }
    known.add(key);
    String value = given.get(key);
    if (value == null) {
      return byDefault;
    }
    return parsed(value, what, name + ":" + key + "=" + example, parse);
  }

  private void split() {
    for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 1 || equals == option.length() - 1) {
        throw wrong("needs key=value, not '" + option.strip() + "'");
      }
      String key = option.substring(0, equals).strip();
      if (given.put(key, option.substring(equals + 1).strip()) != null) {
        throw wrong("has '" + key + "' twice; give it once");
      }
    }
  }

  private <T> T parsed(String value, String what, String example, Function<String, T> parse) {
    try {
      return parse.apply(value.strip());
    } catch (IllegalArgumentException | TypeConversionException e) {
      throw wrong("needs " + what + " in place of '" + value + "', as in " + example);
    }
  }

  private static Boolean parseFlag(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }
}
