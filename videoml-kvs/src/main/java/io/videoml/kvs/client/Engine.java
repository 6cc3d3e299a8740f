package io.videoml.kvs.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoAsyncClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaAsyncClient;

/**
 * One HTTP client with its threads, and the SDK's clients on it, for all who connect in the same
 * way: a client of its own for each camera would cost a dozen threads a camera. It outlives its
 * last user by a little, since whoever reconnects closes first.
 *
 * <p>Threading: any.
 */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(KvsClients.class);
  private static final long LINGER_SECONDS = 5;
  private static final int MOST_CONNECTIONS = 20_000;
  private static final Map<Key, Engine> ENGINES = new HashMap<>();
  private static final AtomicInteger THREADS = new AtomicInteger();

  record Key(Region region, String trusted, Duration connectTimeout) {}

  final SdkAsyncHttpClient http;
  final KinesisVideoAsyncClient control;
  final KinesisVideoMediaAsyncClient media;
  final KinesisVideoArchivedMediaAsyncClient archive;
  private final ScheduledExecutorService timer;
  private final Key key;
  private int users;

  private Engine(Key key) {
    this.key = key;
    this.timer = Executors.newSingleThreadScheduledExecutor(threads("timer"));
    this.http = http(key);
    this.control = configured(KinesisVideoAsyncClient.builder()).build();
    this.media = configured(KinesisVideoMediaAsyncClient.builder()).build();
    this.archive = configured(KinesisVideoArchivedMediaAsyncClient.builder()).build();
  }

  static Engine acquire(Key key) {
    synchronized (ENGINES) {
      Engine engine = ENGINES.computeIfAbsent(key, Engine::new);
      engine.users++;
      return engine;
    }
  }

  void release() {
    synchronized (ENGINES) {
      users--;
      if (users == 0) {
        ScheduledFuture<?> unused =
            timer.schedule(this::closeIfUnused, LINGER_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Returns how many are open; for tests. */
  static int open() {
    synchronized (ENGINES) {
      return ENGINES.size();
    }
  }

  private void closeIfUnused() {
    synchronized (ENGINES) {
      if (users > 0 || !ENGINES.remove(key, this)) {
        return;
      }
    }
    // Netty takes two seconds to wind up.
    for (AutoCloseable each : new AutoCloseable[] {control, media, archive, http}) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("a client of the service did not close cleanly", e);
      }
    }
    timer.shutdown();
  }

  private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> B configured(
      B builder) {
    return builder
        .httpClient(http)
        .region(key.region())
        .asyncConfiguration(
            async ->
                async.advancedOption(
                    SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
        .overrideConfiguration(
            each ->
                each.retryStrategy(AwsRetryStrategy.doNotRetry()).scheduledExecutorService(timer));
  }

  private static SdkAsyncHttpClient http(Key key) {
    NettyNioAsyncHttpClient.Builder builder =
        NettyNioAsyncHttpClient.builder()
            .maxConcurrency(MOST_CONNECTIONS)
            .maxPendingConnectionAcquires(MOST_CONNECTIONS)
            .connectionTimeout(key.connectTimeout())
            .connectionAcquisitionTimeout(key.connectTimeout())
            .tlsNegotiationTimeout(key.connectTimeout())
            // Streams are silent for as long as a camera is; those who read watch over that.
            .readTimeout(Duration.ofHours(1))
            .writeTimeout(Duration.ofHours(1))
            .eventLoopGroupBuilder(
                SdkEventLoopGroup.builder()
                    .numberOfThreads(Math.min(4, Runtime.getRuntime().availableProcessors()))
                    .threadFactory(threads("network")));
    if (!key.trusted().isEmpty()) {
      TrustManager[] managers = trusting(Path.of(key.trusted()));
      builder.tlsTrustManagersProvider(() -> managers);
    }
    return builder.build();
  }

  private static TrustManager[] trusting(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + count++, each);
      }
      if (count == 0) {
        throw new IllegalArgumentException(pem + " holds no certificate; give one in PEM");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the certificates in " + pem + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ThreadFactory threads(String role) {
    return task -> {
      Thread thread = new Thread(task, "videoml-kvs-" + role + "-" + THREADS.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
