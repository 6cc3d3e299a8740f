package io.videoml.cli.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 10s}, {@code 500ms}, {@code 1.5m}, {@code 2h} and ISO 8601, as {@code PT10S}. */
public final class Durations implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  /** Reads a positive duration. */
  @Override
  public Duration convert(String value) {
    Duration duration = parse(value);
    if (duration.isZero() || duration.isNegative()) {
      throw new TypeConversionException("'" + value + "' is not a positive duration");
    }
    return duration;
  }

  /** Reads a duration of any sign. */
  static Duration parse(String value) {
    Matcher matcher = SHORT.matcher(value);
    if (matcher.matches()) {
      BigDecimal seconds = new BigDecimal(matcher.group(1)).multiply(secondsOf(matcher.group(2)));
      BigDecimal nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9);
      return Duration.ofSeconds(seconds.longValue(), nanos.longValue());
    }
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new TypeConversionException(
          "'" + value + "' is not a duration such as 10s, 500ms, 2m or PT10S");
    }
  }

  private static BigDecimal secondsOf(String unit) {
    return switch (unit) {
      case "ms" -> new BigDecimal("0.001");
      case "s" -> BigDecimal.ONE;
      case "m" -> BigDecimal.valueOf(60);
      default -> BigDecimal.valueOf(3600);
    };
  }
}
