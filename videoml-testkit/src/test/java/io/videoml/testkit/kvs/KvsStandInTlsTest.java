package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KvsStandInTlsTest {
  private KvsStandIn service;

  @BeforeEach
  void start() {
    service =
        KvsStandIn.builder()
            .tls()
            .limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(100)))
            .start();
    service.createStream("dock");
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void putMedia_overTls_isFullDuplexToo() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (PutClient producer = new PutClient(client())) {
      assertThat(producer.open("dock", "RELATIVE")).isEqualTo(200);
      producer.send(media, media.length / 2);
      assertThat(producer.ack()).contains("BUFFERING");
      producer.send(Arrays.copyOfRange(media, media.length / 2, media.length));
      producer.end();

      assertThat(producer.acks()).hasSize(23);
      assertThat(service.fragments("dock")).hasSize(8);
    }
  }

  @Test
  void getMedia_overTls_isCutAsOrdered() throws Exception {
    byte[] capture = Captures.read("output_get_media.mkv");
    service.replay("dock", capture);
    for (Ending how : Ending.values()) {
      service.faults().next(KvsOperation.GET_MEDIA, new Fault.CutAnswer(40_000, how));
      try (RawClient client = client()) {
        client.post(
            "/getMedia",
            "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"EARLIEST\"}}"
                .getBytes());

        assertThatThrownBy(() -> client.body().readAllBytes()).isInstanceOf(IOException.class);
      }
    }
    try (RawClient client = client()) {
      assertThat(
              client
                  .call(
                      "/getMedia",
                      KvsStandInMediaTest.start("dock", Map.of("StartSelectorType", "EARLIEST")))
                  .bytes())
          .isEqualTo(capture);
    }
  }

  @Test
  void certificate_thatIsNotTrusted_endsTheHandshake() throws Exception {
    try (Socket socket = SSLContext.getDefault().getSocketFactory().createSocket()) {
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", service.port()));
      socket.setSoTimeout(5_000);

      assertThatThrownBy(() -> ((SSLSocket) socket).startHandshake())
          .isInstanceOf(SSLException.class);
    }
    assertThat(service.endpoint().toString()).startsWith("https://127.0.0.1:");
  }

  @Test
  void close_removesTheCertificate() {
    assertThat(service.certificate()).exists();

    service.close();

    assertThat(service.certificate()).doesNotExist();
    assertThat(service.certificate().getParent()).doesNotExist();
  }

  private RawClient client() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(service.certificate())) {
      store.setCertificateEntry(
          "service", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return new RawClient(
        service, context.getSocketFactory().createSocket("127.0.0.1", service.port()));
  }
}
