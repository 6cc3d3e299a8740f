package io.videoml.kvs.client;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a stream.
 *
 * @param text its name, or its ARN
 */
public record KvsStream(String text) implements Serializable {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-z0-9-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:stream/[a-zA-Z0-9_.-]{1,256}/[0-9]+");

  /**
   * @throws IllegalArgumentException if it is neither
   */
  public KvsStream {
    requireNonNull(text, "text");
    if (!NAME.matcher(text).matches() && !ARN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a stream is a name of 1 to 256 letters, digits and _.- or an ARN"
              + (text.contains("@") ? "" : ", was \"" + text + "\"")); // that holds a password
    }
  }

  /** Returns the name; empty for an ARN, as requests hold either. */
  public Optional<String> name() {
    return isArn() ? Optional.empty() : Optional.of(text);
  }

  /** Returns the ARN; empty for a name. */
  public Optional<String> arn() {
    return isArn() ? Optional.of(text) : Optional.empty();
  }

  /** Returns the name, which an ARN holds too. */
  public String shortName() {
    return isArn() ? text.split("/")[1] : text;
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean isArn() {
    return text.startsWith("arn:");
  }
}
