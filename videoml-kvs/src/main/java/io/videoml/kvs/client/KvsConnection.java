package io.videoml.kvs.client;

import static java.util.Objects.requireNonNull;

import io.videoml.pipeline.SerializableSupplier;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How to reach the service: region, credentials, timeouts. By default as the AWS SDK finds them.
 *
 * <p>Credentials are looked up where and when a stream is opened, and never shown; the serialized
 * form holds what the supplier holds.
 *
 * <p>Threading: immutable.
 */
public final class KvsConnection implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final KvsConnection DEFAULTS = builder().build();

  private final @Nullable String region;
  private final @Nullable URI endpoint;
  private final SerializableSupplier<AwsCredentialsProvider> credentials;
  private final @Nullable String trusted;
  private final Duration connectTimeout;
  private final Duration readTimeout;

  private KvsConnection(Builder builder) {
    region = builder.region;
    endpoint = builder.endpoint;
    credentials = builder.credentials;
    trusted = builder.trusted;
    connectTimeout = builder.connectTimeout;
    readTimeout = builder.readTimeout;
  }

  /** Returns a connection as the AWS SDK finds it in the environment. */
  public static KvsConnection defaults() {
    return DEFAULTS;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the region; empty for the SDK's own search. */
  public Optional<String> region() {
    return Optional.ofNullable(region);
  }

  /** Returns the address of the control plane; empty for the region's. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** Returns the provider of credentials, which is asked anew for every connection. */
  public AwsCredentialsProvider credentials() {
    return credentials.get();
  }

  /** Returns the file of the certificates that are trusted; empty for what the JVM trusts. */
  public Optional<Path> trusted() {
    return Optional.ofNullable(trusted).map(Path::of);
  }

  /** Returns how long connecting may take. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long to wait for more of a stream. */
  public Duration readTimeout() {
    return readTimeout;
  }

  /** Names region and endpoint, and no credentials. */
  @Override
  public String toString() {
    return "KvsConnection[region="
        + region().orElse("default")
        + ", endpoint="
        + endpoint().map(URI::toString).orElse("default")
        + "]";
  }

  /** Collects the settings of a connection. */
  public static final class Builder {
    private @Nullable String region;
    private @Nullable URI endpoint;
    private SerializableSupplier<AwsCredentialsProvider> credentials =
        () -> DefaultCredentials.PROVIDER;
    private @Nullable String trusted;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(60);

    private Builder() {}

    /** Sets the region, as {@code "eu-west-1"}; the default is the SDK's own search. */
    public Builder region(String name) {
      if (requireNonNull(name, "name").isBlank()) {
        throw new IllegalArgumentException("the region must not be blank; give one, as eu-west-1");
      }
      region = name;
      return this;
    }

    /**
     * Sets the address of the control plane, as of a stand-in; data endpoints are what it answers.
     *
     * @throws IllegalArgumentException if it is not http or https, or holds credentials
     */
    public Builder endpoint(URI address) {
      String scheme = requireNonNull(address, "address").getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (!web || address.getHost() == null || address.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "an endpoint is http://host:port or https://host:port, without a user");
      }
      endpoint = address;
      return this;
    }

    /**
     * Sets where credentials come from; the default is the SDK's chain. What the supplier gives
     * stays its own: nothing here closes it, and one for all cameras is best.
     */
    public Builder credentials(SerializableSupplier<AwsCredentialsProvider> provider) {
      credentials = requireNonNull(provider, "provider");
      return this;
    }

    /** Sets a file of certificates (PEM) to trust; the default is what the JVM trusts. */
    public Builder trust(Path certificates) {
      trusted = requireNonNull(certificates, "certificates").toAbsolutePath().toString();
      return this;
    }

    /** Sets how long connecting may take; the default is 5 seconds. */
    public Builder connectTimeout(Duration time) {
      connectTimeout = positive(time, "connectTimeout");
      return this;
    }

    /**
     * Sets how long to wait for more of a stream; the default is 60 seconds, three times the
     * longest fragment.
     */
    public Builder readTimeout(Duration time) {
      readTimeout = positive(time, "readTimeout");
      return this;
    }

    /** Returns the connection; connects to nothing. */
    public KvsConnection build() {
      return new KvsConnection(this);
    }

    private static Duration positive(Duration time, String name) {
      if (requireNonNull(time, name).isNegative()
          || time.isZero()
          || time.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            name + " must be positive and at most a day, was " + time);
      }
      return time;
    }
  }
}
