package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import io.videoml.testkit.kvs.service.KvsRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KvsStandInFaultsTest {
  private static final byte[] EARLIEST =
      "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"EARLIEST\"}}".getBytes();

  private KvsStandIn service;
  private byte[] capture;

  @BeforeEach
  void start() throws Exception {
    service =
        KvsStandIn.builder()
            .limits(KvsLimits.aws().mediaIdle(Duration.ofMillis(100)).requestsPerSecond(100))
            .start();
    capture = Captures.read("output_get_media.mkv");
    service.createStream("dock");
    service.replay("dock", capture);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private record Got(byte[] bytes, boolean cut) {}

  private Got get(Fault... faults) throws Exception {
    service.faults().next(KvsOperation.GET_MEDIA, faults);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RawClient client = new RawClient(service)) {
      assertThat(client.post("/getMedia", EARLIEST)).isEqualTo(200);
      InputStream body = client.body();
      try {
        for (int next = body.read(); next >= 0; next = body.read()) {
          bytes.write(next);
        }
      } catch (IOException e) {
        return new Got(bytes.toByteArray(), true);
      }
    }
    return new Got(bytes.toByteArray(), false);
  }

  @Test
  void closed_afterSomeBytes_isCutThere() throws Exception {
    for (int at : new int[] {0, 3, 37, 700, 100_000}) {
      Got got = get(new Fault.CutAnswer(at, Ending.CLOSE));

      assertThat(got.cut).isTrue();
      assertThat(got.bytes).isEqualTo(Arrays.copyOf(capture, at));
    }
  }

  @Test
  void reset_afterSomeBytes_isCut() throws Exception {
    Got got = get(new Fault.CutAnswer(50_000, Ending.RESET));

    assertThat(got.cut).isTrue();
    assertThat(got.bytes).hasSizeLessThanOrEqualTo(50_000);
  }

  @Test
  void ended_afterSomeBytes_endsInOrder() throws Exception {
    Got got = get(new Fault.EndAnswer(50_000));

    assertThat(got.cut).isFalse();
    assertThat(got.bytes).isEqualTo(Arrays.copyOf(capture, 50_000));
  }

  @Test
  void fragments_cutEndedAndRepeated_asOrdered() throws Exception {
    long first = service.fragments("dock").get(0).size();
    long second = service.fragments("dock").get(1).size();

    assertThat(get(new Fault.EndAfter(2)).bytes).hasSize((int) (first + second));
    assertThat(get(new Fault.CutFragment(1, 1000, Ending.CLOSE)).bytes).hasSize((int) first + 1000);
    assertThat(get(new Fault.RepeatFragment(0), new Fault.EndAfter(1)).bytes)
        .hasSize((int) (2 * first));
  }

  @Test
  void inBandError_afterAFragment_isTold() throws Exception {
    Got got = get(new Fault.InBandError(3002, "WRITE_ERROR", 1));
    String end = new String(got.bytes, StandardCharsets.ISO_8859_1);

    assertThat(end.substring(end.length() - 250))
        .contains("AWS_KINESISVIDEO_ERROR_ID", "3002", "AWS_KINESISVIDEO_ERROR_CODE");
    assertThat(got.cut).isFalse();
  }

  @Test
  void tinyChunks_giveTheSame() throws Exception {
    assertThat(get(new Fault.TinyChunks(), new Fault.EndAnswer(5_000)).bytes)
        .isEqualTo(Arrays.copyOf(capture, 5_000));
  }

  @Test
  void stall_pausesAndGoesOn() throws Exception {
    long start = System.nanoTime();

    Got got = get(new Fault.StallAnswer(1_000, Duration.ofMillis(300)));

    assertThat(got.bytes).isEqualTo(capture);
    assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
  }

  @Test
  void position_thatIsNotKept_isToldInBand() throws Exception {
    RawClient.Answer answer =
        RawClient.call(
            service,
            "/getMedia",
            KvsStandInMediaTest.start(
                "dock",
                Map.of(
                    "StartSelectorType",
                    "FRAGMENT_NUMBER",
                    "AfterFragmentNumber",
                    "1".repeat(47))));

    assertThat(new String(answer.bytes(), StandardCharsets.ISO_8859_1)).contains("4000");
  }

  @Test
  void refused_withAnyStatus_isToldAsAwsDoes() throws Exception {
    for (int status : new int[] {400, 401, 403, 404, 500, 503}) {
      service
          .faults()
          .next(KvsOperation.DESCRIBE_STREAM, new Fault.Refuse(status, "SomeException"));

      RawClient.Answer answer =
          RawClient.call(service, "/describeStream", Map.of("StreamName", "dock"));

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.type()).isEqualTo("SomeException");
      assertThat(answer.json().path("__type").asText()).isEqualTo("SomeException");
    }
  }

  @Test
  void dataEndpoint_wrong_refusesOrIsAStranger() throws Exception {
    service
        .faults()
        .next(KvsOperation.GET_DATA_ENDPOINT, new Fault.DataEndpoint(service.refusingEndpoint()));
    Map<String, String> request = Map.of("StreamName", "dock", "APIName", "GET_MEDIA");

    RawClient.Answer answer = RawClient.call(service, "/getDataEndpoint", request);
    RawClient.Answer right = RawClient.call(service, "/getDataEndpoint", request);

    assertThat(answer.json().path("DataEndpoint").asText())
        .isEqualTo(service.refusingEndpoint().toString());
    assertThatThrownBy(() -> new Socket("127.0.0.1", service.refusingEndpoint().getPort()).close())
        .isInstanceOf(IOException.class);
    assertThat(right.json().path("DataEndpoint").asText()).isEqualTo(service.endpoint().toString());
    assertThat(service.strangerEndpoint(404, "ResourceNotFoundException").getPort())
        .isNotEqualTo(service.port());
  }

  @Test
  void chance_sameSeed_givesTheSameFaults() throws Exception {
    List<Boolean> one = outcomes(7);
    List<Boolean> again = outcomes(7);

    assertThat(one).isEqualTo(again).contains(true, false);
  }

  private List<Boolean> outcomes(long seed) throws Exception {
    service.faults().clear();
    service
        .faults()
        .randomly(
            KvsOperation.GET_MEDIA,
            0.5,
            seed,
            random -> new Fault.CutAnswer(random.nextInt(100_000), Ending.CLOSE));
    Boolean[] cut = new Boolean[8];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = get().cut;
    }
    return List.of(cut);
  }

  @Test
  void restartAndProducerTime_changeWhatIsAppended() throws Exception {
    byte[] media = Captures.read("gen-kvssink-h264-aac-putmedia.mkv");
    service.createStream("door");
    service.restartProducer("door");
    service.producerTimeZero("door", true);

    List<StoredFragment> stored = service.append("door", media);

    assertThat(stored.get(0).timecodeMillis()).isZero();
    assertThat(stored.get(1).timecodeMillis()).isBetween(1L, 10_000L);
    assertThat(stored.get(1).producerTime().toEpochMilli()).isZero();
    assertThat(stored.get(1).frames().get(0).timecodeMillis())
        .isEqualTo(stored.get(1).timecodeMillis());
  }

  @Test
  void getMedia_fourthAndSixth_areRefused() throws Exception {
    try (KvsStandIn strict = KvsStandIn.builder().start();
        RawClient one = new RawClient(strict);
        RawClient two = new RawClient(strict);
        RawClient three = new RawClient(strict)) {
      strict.createStream("dock");
      for (RawClient client : List.of(one, two, three)) {
        assertThat(client.post("/getMedia", EARLIEST)).isEqualTo(200);
      }

      Map<String, Object> start =
          KvsStandInMediaTest.start("dock", Map.of("StartSelectorType", "NOW"));
      assertThat(RawClient.call(strict, "/getMedia", start).type())
          .isEqualTo("ConnectionLimitExceededException");
      assertThat(RawClient.call(strict, "/getMedia", start).type())
          .isEqualTo("ConnectionLimitExceededException");
      assertThat(RawClient.call(strict, "/getMedia", start).type())
          .isEqualTo("ClientLimitExceededException");
      assertThat(strict.requests()).extracting(KvsRequest::status).contains(400);
    }
  }

  @Test
  void close_whileClientsWait_isFastAndLeavesNoThread() throws Exception {
    KvsStandIn other = KvsStandIn.builder().start();
    other.createStream("dock");
    try (RawClient reader = new RawClient(other);
        PutClient producer = PutClient.to(other);
        RawClient idle = new RawClient(other)) {
      reader.post("/getMedia", EARLIEST);
      producer.open("dock", "ABSOLUTE");
      String prefix = "kvs-stand-in-" + other.port();
      long start = System.nanoTime();

      other.close();

      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith(prefix));
      assertThat(idle.socket.isConnected()).isTrue();
    }
  }
}
