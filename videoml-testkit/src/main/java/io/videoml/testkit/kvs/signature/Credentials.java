package io.videoml.testkit.kvs.signature;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys that clients may sign with. Shows itself without the secret.
 *
 * <p>Threading: immutable.
 */
public final class Credentials {
  private final String accessKey;
  private final String secretKey;
  private final @Nullable String sessionToken;

  private Credentials(String accessKey, String secretKey, @Nullable String sessionToken) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
  }

  /** Returns keys that last. */
  public static Credentials of(String accessKey, String secretKey) {
    return new Credentials(
        requireNonNull(accessKey, "accessKey"), requireNonNull(secretKey, "secretKey"), null);
  }

  /** Returns keys that count only together with a session's token. */
  public static Credentials of(String accessKey, String secretKey, String sessionToken) {
    return new Credentials(
        requireNonNull(accessKey, "accessKey"),
        requireNonNull(secretKey, "secretKey"),
        requireNonNull(sessionToken, "sessionToken"));
  }

  /** Returns the key's name. */
  public String accessKey() {
    return accessKey;
  }

  /** Returns the secret. */
  public String secretKey() {
    return secretKey;
  }

  /** Returns the session's token. */
  public Optional<String> sessionToken() {
    return Optional.ofNullable(sessionToken);
  }

  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
