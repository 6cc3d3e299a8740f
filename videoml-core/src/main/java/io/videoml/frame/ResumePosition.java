package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where reading can go on after a frame: opaque to everyone but the kind of source that made it.
 *
 * @param token at most {@value #MAX_LENGTH} characters; the source puts its own name and version
 *     into it
 */
public record ResumePosition(String token) implements Serializable {
  /** The longest token. */
  public static final int MAX_LENGTH = 256;

  public ResumePosition {
    requireNonNull(token, "token");
    if (token.isBlank() || token.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a resume position has 1 to " + MAX_LENGTH + " characters, had " + token.length());
    }
  }
}
