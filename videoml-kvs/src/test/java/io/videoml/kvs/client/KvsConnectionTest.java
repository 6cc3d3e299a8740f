package io.videoml.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.Travel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;

@Timeout(30)
class KvsConnectionTest {
  private static final KvsStream DOCK = new KvsStream("dock-3");

  @Test
  void connection_afterATrip_hasItsCredentials() {
    KvsConnection travelled = Travel.roundTrip(connection(URI.create("http://127.0.0.1:1")));

    assertThat(travelled.credentials().resolveCredentials().secretAccessKey()).isEqualTo("s3cret");
    assertThat(travelled.region()).contains("eu-west-1");
    assertThat(travelled.toString()).doesNotContain("s3cret").doesNotContain("jo-user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "127.0.0.1:80", "http://jo:pw@host", "http:///x"})
  void endpoint_otherThanAWebAddress_isRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KvsConnection.builder().endpoint(URI.create(address)))
        .withMessageNotContaining("pw");
  }

  @Test
  void dataEndpoint_nobodyListens_failsAsNetwork() {
    try (KvsClients clients =
        KvsClients.open(connection(URI.create("http://127.0.0.1:1")), "kvs://dock-3")) {
      assertThatThrownBy(() -> clients.dataEndpoint(DOCK, APIName.GET_MEDIA))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NETWORK));
    }
  }

  @Test
  void dataEndpoint_interrupted_isClosedAndStaysInterrupted() {
    try (KvsClients clients =
        KvsClients.open(connection(URI.create("http://127.0.0.1:1")), "kvs://dock-3")) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> clients.dataEndpoint(DOCK, APIName.GET_MEDIA))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).as("%s", e).isEqualTo(Kind.CLOSED));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void open_certificatesMissing_saysWhichFile(@TempDir Path folder) {
    KvsConnection connection =
        KvsConnection.builder().region("eu-west-1").trust(folder.resolve("none.pem")).build();

    assertThatThrownBy(() -> KvsClients.open(connection, "kvs://dock-3"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none.pem");
  }

  @Test
  void open_certificatesEmpty_saysSo(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    KvsConnection connection = KvsConnection.builder().region("eu-west-1").trust(empty).build();

    assertThatThrownBy(() -> KvsClients.open(connection, "kvs://dock-3"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("holds no certificate");
  }

  @Test
  void close_ofTheLast_endsTheThreads() throws Exception {
    KvsConnection connection =
        KvsConnection.builder()
            .region("eu-west-1")
            .endpoint(URI.create("http://127.0.0.1:1"))
            .credentials(KvsConnectionTest::credentials)
            .connectTimeout(Duration.ofMillis(1234)) // an engine of its own
            .build();
    KvsClients one = KvsClients.open(connection, "kvs://one");
    KvsClients two = KvsClients.open(connection, "kvs://two");
    int open = Engine.open();
    one.close();
    one.close(); // counts once
    assertThat(one.http()).isSameAs(two.http());
    two.close();

    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (Engine.open() >= open && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(Engine.open()).isLessThan(open);
  }

  private static KvsConnection connection(URI endpoint) {
    return KvsConnection.builder()
        .region("eu-west-1")
        .endpoint(endpoint)
        .credentials(KvsConnectionTest::credentials)
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("jo-user", "s3cret"));
  }
}
