package io.videoml.testkit.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.faults.KvsFaults;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.HttpServer;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsRequest;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.Usage;
import io.videoml.testkit.kvs.signature.Credentials;
import io.videoml.testkit.kvs.signature.SignatureCheck;
import io.videoml.testkit.kvs.store.StoredStream;
import io.videoml.testkit.kvs.store.StreamStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for Amazon Kinesis Video Streams, for tests and for development without an account: a
 * server on 127.0.0.1 that clients of any language reach by an endpoint of their own choosing.
 *
 * <pre>{@code
 * try (KvsStandIn service = KvsStandIn.builder().start()) {
 *   service.createStream("dock-3");
 *   service.append("dock-3", Files.readAllBytes(Path.of("capture.mkv")));
 *   ... // a client with service.endpoint(), region(), accessKey(), secretKey()
 * }
 * }</pre>
 *
 * <p>It checks signatures, keeps the limits of the real service, and fails on request. Where AWS
 * does not document what happens, it does what captures and clients' sources show, or the strictest
 * that is plausible.
 *
 * <p>Threading: all methods from any thread. Threads are daemons, and end with {@link #close()}.
 */
public final class KvsStandIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KvsStandIn.class);

  private final Credentials credentials;
  private final String region;
  private final Clock clock;
  private final StreamStore store;
  private final Optional<ServerCertificate> certificate;
  private final Usage usage = new Usage();
  private final KvsFaults faults = new KvsFaults();
  private final Strangers strangers = new Strangers();
  private final KvsService service;
  private final HttpServer server;

  private KvsStandIn(KvsStandInBuilder settings) throws IOException {
    credentials = settings.credentials;
    region = settings.region;
    clock = settings.clock;
    certificate = settings.tls ? Optional.of(ServerCertificate.make()) : Optional.empty();
    store = open(settings);
    ServiceContext context =
        new ServiceContext(
            store, clock, settings.limits, usage, settings.frameByFrame, this::endpoint);
    service =
        new KvsService(
            context,
            new SignatureCheck(
                Map.of(credentials.accessKey(), credentials),
                region,
                clock,
                settings.clockSkew,
                settings.unsignedPayload),
            faults,
            settings.archiveSpelling);
    server = listen(settings);
  }

  private StreamStore open(KvsStandInBuilder settings) throws IOException {
    if (settings.directory == null) {
      return StreamStore.inMemory(region, settings.retention, settings.shape);
    }
    try {
      return StreamStore.in(settings.directory, region, settings.retention, settings.shape);
    } catch (IOException e) {
      certificate.ifPresent(ServerCertificate::delete);
      throw e;
    }
  }

  private HttpServer listen(KvsStandInBuilder settings) throws IOException {
    try {
      return HttpServer.start(
          settings.port, certificate.map(ServerCertificate::context).orElse(null), clock, service);
    } catch (IOException e) {
      giveBack();
      throw e;
    }
  }

  static KvsStandIn start(KvsStandInBuilder settings) {
    try {
      return new KvsStandIn(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the stand-in cannot start on port %d: %s".formatted(settings.port, e.getMessage()), e);
    }
  }

  /** Starts with the default settings. */
  public static KvsStandInBuilder builder() {
    return new KvsStandInBuilder();
  }

  /** Returns the address, of the control plane and of media, as {@code http://127.0.0.1:4711}. */
  public URI endpoint() {
    return URI.create((certificate.isPresent() ? "https" : "http") + "://127.0.0.1:" + port());
  }

  /** Returns the port on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** Returns the region for which clients must sign. */
  public String region() {
    return region;
  }

  /** Returns the name of the key that clients must sign with. */
  public String accessKey() {
    return credentials.accessKey();
  }

  /** Returns the key that clients must sign with; by default made up, and worth nothing. */
  public String secretKey() {
    return credentials.secretKey();
  }

  /**
   * Returns the certificate, as PEM, that clients must trust.
   *
   * @throws IllegalStateException if it speaks plain HTTP
   */
  public Path certificate() {
    return certificate
        .orElseThrow(() -> new IllegalStateException("only with tls() there is a certificate"))
        .pem();
  }

  /** Makes a stream that archives for a day; one that is there stays as it is. */
  public void createStream(String name) {
    try {
      store.create(requireNonNull(name, "name"), "video/h264", 24, Map.of(), clock.instant());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make stream " + name, e);
    }
  }

  /** Returns the names of the streams, in order. */
  public List<String> streams() {
    return store.all().stream().map(stream -> stream.info().name()).toList();
  }

  /** Deletes a stream and its media, as its users would see it. */
  public void deleteStream(String name) {
    try {
      store.delete(stream(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete stream " + name, e);
    }
  }

  /**
   * Adds media to a stream, as if a producer had just sent it: each cluster is a fragment, under a
   * new number and the present time. A fragment that the media cuts off is left out.
   *
   * @param media Matroska, of a producer or of {@code GetMedia}; of the latter, producer times stay
   * @return what was added
   * @throws IllegalArgumentException if there is no such stream, or it is no Matroska
   */
  public List<StoredFragment> append(String stream, byte[] media) {
    return Ingest.append(stream(stream), media, (draft, first) -> clock.instant());
  }

  /**
   * As the other, but as if a producer had sent it at another time, at the speed of its media.
   * Times of a stream only go on: what would be earlier than the last fragment is just after it.
   *
   * @param start when the first of its fragments came
   */
  public List<StoredFragment> append(String stream, byte[] media, Instant start) {
    requireNonNull(start, "start");
    return Ingest.append(
        stream(stream),
        media,
        (draft, first) -> start.plusMillis(Math.max(0, draft.timecodeMillis() - first)));
  }

  /**
   * Adds a capture of {@code GetMedia} to a stream, which then sends it byte for byte, numbers and
   * times included. A document that the capture cuts off is left out.
   *
   * @return what was added
   * @throws IllegalArgumentException if there is no such stream, it is no capture, or its numbers
   *     do not come after those of the stream
   */
  public List<StoredFragment> replay(String stream, byte[] capture) {
    return Ingest.replay(stream(stream), capture);
  }

  /** Returns the fragments that a stream keeps, in order. */
  public List<StoredFragment> fragments(String stream) {
    return stream(stream).fragments();
  }

  /** Has the producer's count of a stream start at 0 again, with the next fragment. */
  public void restartProducer(String stream) {
    stream(stream).restartProducer();
  }

  /** Has the producer's clock of a stream tell 0, for fragments from now on; or no more. */
  public void producerTimeZero(String stream, boolean zero) {
    stream(stream).producerTimeZero(zero);
  }

  /** Returns the latest requests that ended, at most 10,000, oldest first. */
  public List<KvsRequest> requests() {
    return service.requests();
  }

  /** Returns how many {@code GetMedia} or {@code PutMedia} a stream has open. */
  public int connections(String stream, KvsOperation operation) {
    return usage.connections(requireNonNull(stream, "stream"), operation);
  }

  /** Returns an address where nobody listens, for {@code Fault.DataEndpoint}. */
  public URI refusingEndpoint() {
    return strangers.refusing();
  }

  /**
   * Returns an address, of plain HTTP, that answers every request with that error, for {@code
   * Fault.DataEndpoint}.
   *
   * @param status as 404
   * @param type as {@code ResourceNotFoundException} or {@code InvalidEndpointException}
   */
  public URI strangerEndpoint(int status, String type) {
    return strangers.answering(status, requireNonNull(type, "type"));
  }

  /** Returns what goes wrong, to be ordered; at first nothing does. */
  public KvsFaults faults() {
    return faults;
  }

  /** Resets all connections; clients may come back at once. */
  public void cut() {
    server.cut();
  }

  /** Ends all connections, within two seconds; a folder stays. */
  @Override
  public void close() {
    server.close();
    strangers.close();
    giveBack();
  }

  private void giveBack() {
    try {
      store.close();
    } catch (IOException e) {
      LOG.debug("the folder's lock failed", e);
    }
    certificate.ifPresent(ServerCertificate::delete);
  }

  /** Names the endpoint, and no keys. */
  @Override
  public String toString() {
    return "KvsStandIn[" + endpoint() + "]";
  }

  private StoredStream stream(String name) {
    return store
        .find(requireNonNull(name, "stream"))
        .orElseThrow(
            () -> new IllegalArgumentException("no stream " + name + "; createStream() it first"));
  }
}
