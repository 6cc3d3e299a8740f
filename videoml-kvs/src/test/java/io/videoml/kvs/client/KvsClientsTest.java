package io.videoml.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.kvs.KvsStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;

@Timeout(60)
class KvsClientsTest {
  private static final KvsStream DOCK = new KvsStream("dock-3");

  @Test
  void dataEndpoint_knownStream_isWhatTheServiceNames() {
    try (KvsStandIn service = KvsStandIn.builder().start();
        KvsClients clients = open(service, service.secretKey())) {
      service.createStream("dock-3");

      assertThat(clients.dataEndpoint(DOCK, APIName.GET_MEDIA)).isEqualTo(service.endpoint());
      assertThat(clients.describe(DOCK).streamInfo().statusAsString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void dataEndpoint_unknownStream_isNotFound() {
    try (KvsStandIn service = KvsStandIn.builder().start();
        KvsClients clients = open(service, service.secretKey())) {
      SourceException thrown = failure(clients);

      assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
      assertThat(thrown)
          .hasMessage("kvs://dock-3: there is no such stream in this region and account");
    }
  }

  @Test
  void dataEndpoint_wrongKey_isAuthenticationAndRepeatsNothing() {
    try (KvsStandIn service = KvsStandIn.builder().start();
        KvsClients clients = open(service, "another-s3cret")) {
      service.createStream("dock-3");
      SourceException thrown = failure(clients);

      assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain("s3cret").doesNotContain(service.accessKey());
      }
    }
  }

  @Test
  void dataEndpoint_overTls_needsTheCertificate() {
    try (KvsStandIn service = KvsStandIn.builder().tls().start()) {
      service.createStream("dock-3");
      Optional<Path> certificate = Optional.of(service.certificate());
      try (KvsClients trusting = open(service, service.secretKey(), certificate);
          KvsClients doubting = open(service, service.secretKey(), Optional.empty())) {
        assertThat(trusting.dataEndpoint(DOCK, APIName.GET_MEDIA)).isEqualTo(service.endpoint());
        doubting.forgetEndpoint(DOCK, APIName.GET_MEDIA);

        assertThat(failure(doubting).kind()).isEqualTo(Kind.NETWORK);
      }
    }
  }

  @Test
  void open_aThousandTimes_sharesItsThreads() {
    List<KvsClients> all = new ArrayList<>();
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      for (int i = 0; i < 1000; i++) {
        all.add(open(service, service.secretKey()));
      }
      all.get(999).dataEndpoint(DOCK, APIName.GET_MEDIA);

      assertThat(Engine.open()).isLessThan(5);
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().startsWith("videoml-kvs-")))
          .hasSizeLessThan(20);
    } finally {
      all.forEach(KvsClients::close);
    }
  }

  private static SourceException failure(KvsClients clients) {
    return catchThrowableOfType(
        SourceException.class, () -> clients.dataEndpoint(DOCK, APIName.GET_MEDIA));
  }

  private static KvsClients open(KvsStandIn service, String secret) {
    return open(service, secret, Optional.empty());
  }

  private static KvsClients open(KvsStandIn service, String secret, Optional<Path> certificate) {
    String key = service.accessKey();
    KvsConnection.Builder connection =
        KvsConnection.builder()
            .region(service.region())
            .endpoint(URI.create(service.endpoint().toString()))
            .credentials(
                () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
    certificate.ifPresent(connection::trust);
    return KvsClients.open(connection.build(), "kvs://dock-3");
  }
}
