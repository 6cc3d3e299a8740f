package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.InstalledParts;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of Kinesis, in the stand-in, as sources and as a target. */
@Timeout(60)
class KvsTest {
  private static final String CLIP = DemoClip.video().toString();

  private static KvsStandIn service;
  private static long frames;
  private static int firstPut;

  @BeforeAll
  static void start() {
    System.setProperty("aws.disableEc2Metadata", "true"); // else it asks the network
    service = KvsStandIn.builder().start();
    service.createStream("dock-3");
    keys(service.accessKey(), service.secretKey());
    frames = sample("--source", CLIP).summary().get("read").asLong();
    // Twice: the last frames of a stream that goes on wait in the decoder for what follows.
    put();
    firstPut = service.fragments("dock-3").size();
    put();
  }

  private static void put() {
    Cli.Result put = kvs("kvs", "put", "--source", CLIP, "--stream", "dock-3");
    assertThat(put.exitCode()).as(put.err()).isZero();
    assertThat(put.summary().get("stored").asLong()).isEqualTo(frames);
  }

  @AfterAll
  static void stop() {
    service.close();
    keys("", "");
    System.clearProperty("aws.disableEc2Metadata");
  }

  @Test
  void put_file_storesEveryPictureAndSaysSo() {
    service.createStream("other");

    Cli.Result put = kvs("kvs", "put", "--source", CLIP, "--stream", "other");

    assertThat(put.exitCode()).as(put.err()).isZero();
    assertThat(put.summary().get("put").asLong()).isEqualTo(frames);
    assertThat(put.summary().get("stored").asLong()).isEqualTo(frames);
    assertThat(put.summary().get("dropped").asLong()).isZero();
    assertThat(put.lines("fragment"))
        .extracting(line -> line.get("number").asText())
        .isEqualTo(service.fragments("other").stream().map(StoredFragment::number).toList());
    assertThat(put.lines("event").get(0).get("event").asText()).isEqualTo("connected");
  }

  @Test
  void sample_fromTheEarliest_readsAsManyFrames() {
    Cli.Result result =
        kvs(
            "sample",
            "--source",
            "kvs://dock-3",
            "--start",
            "EARLIEST",
            "--max-frames",
            "" + (frames + 1));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.summary().get("read").asLong()).isEqualTo(frames + 1);
    List<JsonNode> lines = result.lines("frame");
    assertThat(lines).as("kept: what is stored waits").hasSize((int) frames + 1);
    assertThat(lines.get((int) frames).get("captured").asText())
        .as("the first frame of what was put later")
        .isEqualTo(service.fragments("dock-3").get(firstPut).producerTime().toString());
    JsonNode first = result.lines("frame").get(0);
    assertThat(first.get("stream").asText()).isEqualTo("kvs://dock-3");
    assertThat(first.get("capturedFrom").asText()).isEqualTo("KVS_PRODUCER");
    assertThat(first.get("keyFrame").asBoolean()).isTrue();
  }

  @Test
  void sample_afterAFragment_beginsWithTheNext() {
    List<StoredFragment> stored = service.fragments("dock-3");
    StoredFragment last = stored.get(stored.size() - 1);
    String before = stored.get(stored.size() - 2).number();

    Cli.Result result =
        kvs("sample", "--source", "kvs://dock-3", "--start", before, "--max-frames", "1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.lines("frame").get(0).get("captured").asText())
        .startsWith(last.producerTime().toString().substring(0, 19));
  }

  @Test
  void detect_fromAnInstant_findsWhatIsThere() {
    Cli.Result result =
        kvs(
            "detect",
            "--source",
            "kvs://dock-3",
            "--model",
            DemoClip.model().toString(),
            "--start",
            service.fragments("dock-3").get(0).producerTime().minusSeconds(60).toString(),
            "--max-frames",
            "3");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.summary().get("read").asLong()).isEqualTo(3);
  }

  @Test
  void fleet_kvsCameras_takeTheirSettingsFromTheFile(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("fleet.yaml");
    Files.writeString(
        config,
        """
        defaults:
          kvsEndpoint: %s
          region: %s
          start: EARLIEST
        cameras:
          - id: dock
            source: kvs://dock-3
          - id: file
            source: %s
        """
            .formatted(service.endpoint(), service.region(), CLIP));
    Interruption interruption = new Interruption(code -> {});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream watching =
        new OutputStream() {
          @Override
          public void write(int one) {
            out.write(one);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            out.write(bytes, offset, length);
            if (count(out, "\"stream\":\"dock\"") >= 10) {
              interruption.signal(2);
            }
          }
        };

    int code =
        Cli.run(
            new InstalledParts(),
            interruption,
            watching,
            new ByteArrayOutputStream(),
            "fleet",
            "--config",
            config.toString());

    assertThat(code).isEqualTo(130);
    assertThat(count(out, "\"stream\":\"dock\"")).isGreaterThanOrEqualTo(10);
  }

  @Test
  void anyCommand_unknownStream_isOneLineThatSaysSo() {
    Cli.Result read = kvs("sample", "--source", "kvs://nowhere");
    Cli.Result write = kvs("kvs", "put", "--source", CLIP, "--stream", "nowhere");

    assertFailure(read, "cannot read kvs://nowhere (there is no such stream");
    assertFailure(write, "cannot write kvs://nowhere (there is no such stream");
    assertThat(write.summary().get("stored").asLong()).isZero();
  }

  @Test
  void anyCommand_wrongKeys_isOneLineWithoutThem() {
    keys("AKIDWRONG", "wrong/secret/of/this/test");
    try {
      Cli.Result read = kvs("sample", "--source", "kvs://dock-3");
      Cli.Result write = kvs("kvs", "put", "--source", CLIP, "--stream", "dock-3");

      assertFailure(read, "the service refuses the credentials");
      assertFailure(write, "the service refuses the credentials");
      assertThat(read.err() + write.err() + read.out() + write.out())
          .doesNotContain("wrong/secret", "AKIDWRONG");
    } finally {
      keys(service.accessKey(), service.secretKey());
    }
  }

  @Test
  void put_interrupted_endsWithItsSummary() {
    Interruption interruption = new Interruption(code -> {});
    interruption.signal(2);
    String endpoint = service.endpoint().toString();

    Cli.Result put =
        Cli.run(
            new InstalledParts(),
            interruption,
            "kvs",
            "put",
            "--source",
            CLIP,
            "--stream",
            "dock-3",
            "--region",
            service.region(),
            "--kvs-endpoint",
            endpoint);

    assertThat(put.exitCode()).isEqualTo(130);
    assertThat(put.summary().get("stream").asText()).isEqualTo("dock-3");
    assertThat(put.err()).doesNotContain("error");
  }

  @Test
  void anyCommand_noRegionOrNoKeys_namesTheRemedy() {
    assumeTrue(
        System.getenv("AWS_REGION") == null && System.getenv("AWS_ACCESS_KEY_ID") == null,
        "this machine's environment has AWS settings of its own");
    String endpoint = service.endpoint().toString();

    Cli.Result region = run("sample", "--source", "kvs://dock-3", "--kvs-endpoint", endpoint);
    keys("", "");
    Cli.Result keys;
    try {
      keys = kvs("sample", "--source", "kvs://dock-3");
    } finally {
      keys(service.accessKey(), service.secretKey());
    }

    assertFailure(region, "no AWS region is found; set one, by option or AWS_REGION");
    assertFailure(keys, "no AWS credentials are found; set AWS_ACCESS_KEY_ID");
  }

  @Test
  void anyCommand_wrongOptions_isWrongUsage() {
    assertUsage("--start 'yesterday'", "sample", "--source", "kvs://x", "--start", "yesterday");
    assertUsage("--start does nothing", "sample", "--source", CLIP, "--start", "NOW");
    assertUsage("--region does nothing", "sample", "--source", CLIP, "--region", "eu-west-1");
    assertUsage("--source names no stream", "sample", "--source", "kvs://a/b");
    assertUsage("--stream names no stream", "kvs", "put", "--source", CLIP, "--stream", "a b");
    Cli.Result secret =
        run("sample", "--source", "kvs://x", "--kvs-endpoint", "http://user:hidden@host");
    assertThat(secret.exitCode()).isEqualTo(2);
    assertThat(secret.err()).contains("--kvs-endpoint").doesNotContain("hidden");
  }

  private static void assertFailure(Cli.Result result, String message) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("videoml: error: ")))
        .singleElement()
        .asString()
        .contains(message);
  }

  private static void assertUsage(String message, String... arguments) {
    Cli.Result result = run(arguments);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  private static int count(ByteArrayOutputStream out, String text) {
    return out.toString(StandardCharsets.UTF_8).split(text, -1).length - 1;
  }

  private static Cli.Result sample(String... arguments) {
    List<String> all = new ArrayList<>(List.of("sample"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private static Cli.Result kvs(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--kvs-endpoint", service.endpoint().toString(), "--region", service.region()));
    return run(all.toArray(String[]::new));
  }

  private static Cli.Result run(String... arguments) {
    return Cli.run(new InstalledParts(), arguments);
  }

  private static void keys(String access, String secret) {
    if (access.isEmpty()) {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    } else {
      System.setProperty("aws.accessKeyId", access);
      System.setProperty("aws.secretAccessKey", secret);
    }
  }
}
