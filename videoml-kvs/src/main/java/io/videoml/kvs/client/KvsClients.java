package io.videoml.kvs.client;

import static java.util.Objects.requireNonNull;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.endpoints.EndpointProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.kinesisvideo.endpoints.KinesisVideoEndpointProvider;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideo.model.DescribeStreamResponse;
import software.amazon.awssdk.services.kinesisvideo.model.GetDataEndpointRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.endpoints.KinesisVideoArchivedMediaEndpointProvider;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideomedia.endpoints.KinesisVideoMediaEndpointProvider;

/**
 * What one reader or writer calls the service by. Clients, threads and data endpoints are shared by
 * all in the process; the SDK retries nothing.
 *
 * <p>Threading: any. Close it once per open.
 */
public final class KvsClients implements AutoCloseable {
  private static final DataEndpoints ENDPOINTS = new DataEndpoints(System::nanoTime);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final KvsConnection connection;
  private final String who;
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Engine engine;
  private volatile @Nullable String owner; // the access key's id
  private final AtomicBoolean closed = new AtomicBoolean();

  private KvsClients(KvsConnection connection, String who, Region region) {
    this.connection = connection;
    this.who = who;
    this.region = region;
    this.credentials = connection.credentials();
    this.engine =
        Engine.acquire(
            new Engine.Key(
                region,
                connection.trusted().map(Object::toString).orElse(""),
                connection.connectTimeout()));
  }

  /**
   * Makes ready to call; calls nothing yet.
   *
   * @param who the source's id, for exceptions
   * @throws SourceException if there is no region, or the certificates cannot be read
   */
  public static KvsClients open(KvsConnection connection, String who) {
    requireNonNull(who, "who");
    try {
      return new KvsClients(connection, who, regionOf(connection));
    } catch (IllegalArgumentException e) {
      throw new SourceException(Kind.CONFIGURATION, who, String.valueOf(e.getMessage()), e);
    } catch (SdkException e) {
      throw KvsFailure.of(e).toException(who);
    }
  }

  /** Returns the region that requests are signed for. */
  public Region region() {
    return region;
  }

  /** Returns the HTTP client, which stays the property of all. */
  public SdkAsyncHttpClient http() {
    return engine.http;
  }

  /** Returns the client for GetMedia; every request needs {@link #atMedia}. */
  public KinesisVideoMediaAsyncClient media() {
    return engine.media;
  }

  /** Returns the client for what is archived; every request needs {@link #atArchive}. */
  public KinesisVideoArchivedMediaAsyncClient archive() {
    return engine.archive;
  }

  /** Looks the credentials up; may ask the network, and blocks. */
  public AwsCredentials credentials() {
    try {
      return credentials.resolveCredentials();
    } catch (SdkException e) {
      throw KvsFailure.of(e).toException(who);
    }
  }

  /** Returns what a request of {@link #media} needs: an address, and credentials. */
  public AwsRequestOverrideConfiguration atMedia(URI address) {
    KinesisVideoMediaEndpointProvider provider = parameters -> resolved(address);
    return at(provider);
  }

  /** Returns what a request of {@link #archive} needs: an address, and credentials. */
  public AwsRequestOverrideConfiguration atArchive(URI address) {
    KinesisVideoArchivedMediaEndpointProvider provider = parameters -> resolved(address);
    return at(provider);
  }

  /**
   * Returns the address that serves a stream; blocks where it must be asked for.
   *
   * @throws SourceException if the service does not tell
   */
  public URI dataEndpoint(KvsStream stream, APIName api) {
    return ENDPOINTS.get(key(stream, api), () -> askForEndpoint(stream, api));
  }

  /** Has the address asked for anew at the next need. */
  public void forgetEndpoint(KvsStream stream, APIName api) {
    DataEndpoints.Key key;
    try {
      key = key(stream, api);
    } catch (SourceException e) { // no credentials: the next need fails by that, and says so
      return;
    }
    ENDPOINTS.forget(key);
  }

  /**
   * Returns what the service knows of a stream; blocks.
   *
   * @throws SourceException if it does not tell
   */
  public DescribeStreamResponse describe(KvsStream stream) {
    return await(
        engine.control.describeStream(
            request -> {
              stream.name().ifPresent(request::streamName);
              stream.arn().ifPresent(request::streamARN);
              request.overrideConfiguration(control());
            }),
        ANSWER.plus(connection.connectTimeout()));
  }

  /**
   * Waits for an answer.
   *
   * @throws SourceException if the call failed, took too long, or the thread was interrupted, which
   *     it then stays
   */
  public <T> T await(CompletableFuture<T> answer, Duration atMost) {
    try {
      return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw KvsFailure.of(e).toException(who);
    } catch (ExecutionException e) {
      if (causedByInterrupt(e)) {
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
      throw KvsFailure.of(e).toException(who);
    }
  }

  /** Returns whether a call failed since its thread was interrupted, which the SDK forgets. */
  public static boolean causedByInterrupt(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < 10 && cause != null; i++, cause = cause.getCause()) {
      if (cause instanceof InterruptedException || cause instanceof AbortedException) {
        return true;
      }
    }
    return false;
  }

  private SourceException interrupted(Exception e) {
    return new SourceException(Kind.CLOSED, who, "was interrupted while it asked the service", e);
  }

  /** Gives the clients back; calls in progress go on until they are cancelled. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      engine.release();
    }
  }

  private URI askForEndpoint(KvsStream stream, APIName api) {
    GetDataEndpointRequest.Builder request = GetDataEndpointRequest.builder().apiName(api);
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    String address =
        await(
                engine.control.getDataEndpoint(request.overrideConfiguration(control()).build()),
                ANSWER.plus(connection.connectTimeout()))
            .dataEndpoint();
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          Kind.NETWORK, who, "the service names no valid data endpoint: \"" + address + "\"", e);
    }
  }

  private AwsRequestOverrideConfiguration control() {
    if (connection.endpoint().isEmpty()) {
      return AwsRequestOverrideConfiguration.builder().credentialsProvider(credentials).build();
    }
    URI address = connection.endpoint().orElseThrow();
    KinesisVideoEndpointProvider provider = parameters -> resolved(address);
    return at(provider);
  }

  private AwsRequestOverrideConfiguration at(EndpointProvider provider) {
    return AwsRequestOverrideConfiguration.builder()
        .credentialsProvider(credentials)
        .endpointProvider(provider)
        .build();
  }

  private static CompletableFuture<Endpoint> resolved(URI address) {
    return CompletableFuture.completedFuture(Endpoint.builder().url(address).build());
  }

  private DataEndpoints.Key key(KvsStream stream, APIName api) {
    String endpoint = connection.endpoint().map(URI::toString).orElse("");
    return new DataEndpoints.Key(region.id(), endpoint, owner(), stream.text(), api);
  }

  /** Looked up once: keys that replace each other are of one account. */
  private String owner() {
    String known = owner;
    if (known == null) {
      known = credentials().accessKeyId();
      owner = known;
    }
    return known;
  }

  private static Region regionOf(KvsConnection connection) {
    return connection
        .region()
        .map(Region::of)
        .orElseGet(() -> DefaultAwsRegionProviderChain.builder().build().getRegion());
  }
}
