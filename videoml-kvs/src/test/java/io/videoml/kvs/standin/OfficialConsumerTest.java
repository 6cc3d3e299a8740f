package io.videoml.kvs.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.KvsStandInBuilder;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoAsyncClient;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideo.model.KinesisVideoException;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaAsyncClient;
import software.amazon.awssdk.services.kinesisvideomedia.model.GetMediaResponse;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelectorType;

/** The stand-in, checked by the clients of AWS's SDK of version 2. */
@Timeout(60)
class OfficialConsumerTest {

  private static KvsStandInBuilder service() {
    return KvsStandIn.builder().limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(100)));
  }

  @Test
  void allClients_overHttp_work() throws Exception {
    try (KvsStandIn service = service().start();
        SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create()) {
      allOperations(service, http);
    }
  }

  @Test
  void allClients_overTls_work() throws Exception {
    try (KvsStandIn service = service().tls().start();
        SdkAsyncHttpClient http = trusting(service)) {
      assertThat(service.endpoint().getScheme()).isEqualTo("https");
      allOperations(service, http);
    }
  }

  private static void allOperations(KvsStandIn service, SdkAsyncHttpClient http) throws Exception {
    byte[] capture = Captures.read("output_get_media.mkv");
    service.createStream("dock");
    service.replay("dock", capture);
    StaticCredentialsProvider keys = keys(service, service.secretKey());
    Region region = Region.of(service.region());
    URI endpoint;
    try (KinesisVideoAsyncClient control = control(service, http, service.secretKey())) {
      control.createStream(request -> request.streamName("door").dataRetentionInHours(5)).join();
      assertThat(control.listStreams(request -> {}).join().streamInfoList()).hasSize(2);
      assertThat(
              control
                  .describeStream(r -> r.streamName("door"))
                  .join()
                  .streamInfo()
                  .dataRetentionInHours())
          .isEqualTo(5);
      endpoint =
          URI.create(
              control
                  .getDataEndpoint(r -> r.streamName("dock").apiName(APIName.GET_MEDIA))
                  .join()
                  .dataEndpoint());
      assertThatThrownBy(() -> control.describeStream(r -> r.streamName("nobody")).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ResourceNotFoundException.class);
    }
    try (KinesisVideoMediaAsyncClient media =
        KinesisVideoMediaAsyncClient.builder()
            .httpClient(http)
            .region(region)
            .credentialsProvider(keys)
            .endpointOverride(endpoint)
            .build()) {
      ResponseBytes<GetMediaResponse> got =
          media
              .getMedia(
                  r ->
                      r.streamName("dock")
                          .startSelector(s -> s.startSelectorType(StartSelectorType.EARLIEST)),
                  AsyncResponseTransformer.toBytes())
              .join();
      assertThat(got.asByteArray()).isEqualTo(capture);
      assertThat(got.response().contentType()).isEqualTo("video/webm");
    }
    try (KinesisVideoArchivedMediaAsyncClient archive =
        KinesisVideoArchivedMediaAsyncClient.builder()
            .httpClient(http)
            .region(region)
            .credentialsProvider(keys)
            .endpointOverride(endpoint)
            .build()) {
      var fragments =
          archive
              .listFragments(
                  r ->
                      r.streamName("dock")
                          .fragmentSelector(
                              s ->
                                  s.fragmentSelectorType(FragmentSelectorType.SERVER_TIMESTAMP)
                                      .timestampRange(
                                          t ->
                                              t.startTimestamp(Instant.EPOCH)
                                                  .endTimestamp(Instant.now()))))
              .join()
              .fragments();
      assertThat(fragments).hasSize(5);
      assertThat(fragments.get(0).serverTimestamp()).isAfter(Instant.parse("2017-11-28T00:00:00Z"));
      byte[] listed =
          archive
              .getMediaForFragmentList(
                  r -> r.streamName("dock").fragments(fragments.get(0).fragmentNumber()),
                  AsyncResponseTransformer.toBytes())
              .join()
              .asByteArray();
      assertThat(listed).hasSizeGreaterThan(100_000);
    }
  }

  @Test
  void describe_withAnotherKey_isRefused() throws Exception {
    try (KvsStandIn service = service().start();
        SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();
        KinesisVideoAsyncClient control = control(service, http, "another")) {
      assertThatThrownBy(() -> control.listStreams(request -> {}).join())
          .hasCauseInstanceOf(KinesisVideoException.class)
          .satisfies(
              problem -> {
                KinesisVideoException cause = (KinesisVideoException) problem.getCause();
                assertThat(cause.statusCode()).isEqualTo(403);
                assertThat(cause.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidSignatureException");
              });
    }
  }

  /** The SDK corrects its clock by the answer to its first try, as with AWS. */
  @Test
  void describe_whenClocksAreApart_isRefusedFirst() throws Exception {
    Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));
    try (KvsStandIn service = service().clock(late).start();
        SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();
        KinesisVideoAsyncClient control = control(service, http, service.secretKey())) {
      control.listStreams(request -> {}).join();

      assertThat(service.requests()).hasSize(2);
      assertThat(service.requests().get(0).status()).isEqualTo(403);
      assertThat(service.requests().get(1).status()).isEqualTo(200);
    }
  }

  private static KinesisVideoAsyncClient control(
      KvsStandIn service, SdkAsyncHttpClient http, String secret) {
    return KinesisVideoAsyncClient.builder()
        .httpClient(http)
        .region(Region.of(service.region()))
        .credentialsProvider(keys(service, secret))
        .endpointOverride(service.endpoint())
        .overrideConfiguration(c -> c.retryStrategy(RetryMode.STANDARD))
        .build();
  }

  private static StaticCredentialsProvider keys(KvsStandIn service, String secret) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(service.accessKey(), secret));
  }

  private static SdkAsyncHttpClient trusting(KvsStandIn service) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(service.certificate())) {
      store.setCertificateEntry(
          "stand-in", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return NettyNioAsyncHttpClient.builder()
        .tlsTrustManagersProvider(managers::getTrustManagers)
        .build();
  }
}
