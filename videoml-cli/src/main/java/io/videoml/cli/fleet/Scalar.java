package io.videoml.cli.fleet;

import io.videoml.cli.process.CliException;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/**
 * One value of the file.
 *
 * @param key that it belongs to, for messages
 * @param place where it stands
 * @param text with variables of the environment put in; not to be shown if {@code secret}
 * @param secret whether it may hold one
 */
record Scalar(String key, Place place, String text, boolean secret) {

  /** Reads the value; what the reader throws as a wrong value is told with the place. */
  <T> T as(Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (TypeConversionException | NumberFormatException e) {
      throw wrong(secret ? "what it stands for is not valid" : String.valueOf(e.getMessage()));
    }
  }

  /** Returns the error to throw about the value. */
  CliException wrong(String why) {
    return place.wrong(key + " cannot be used", why + "; correct it");
  }

  boolean flag() {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("it is neither true nor false");
    };
  }

  int wholeNumber(int least, int most) {
    return as(
        number -> {
          if (number.matches("-?\\d{1,9}")) {
            int value = Integer.parseInt(number);
            if (value >= least && value <= most) {
              return value;
            }
          }
          throw new TypeConversionException(
              "'" + number + "' is not a whole number from " + least + " to " + most);
        });
  }

  /** Returns which of the words it is. */
  <E extends Enum<E>> E oneOf(E[] values) {
    return as(
        word -> {
          for (E value : values) {
            if (value.name().equalsIgnoreCase(word)) {
              return value;
            }
          }
          throw new TypeConversionException(
              "'" + word + "' is none of " + String.join(", ", names(values)));
        });
  }

  private static <E extends Enum<E>> String[] names(E[] values) {
    String[] names = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      names[i] = values[i].name().toLowerCase(Locale.ROOT);
    }
    return names;
  }
}
