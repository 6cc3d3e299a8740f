package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KvsStandInArchiveTest {
  private final KvsStandIn service = KvsStandIn.builder().start();
  private List<StoredFragment> stored;

  @BeforeEach
  void fill() throws Exception {
    service.createStream("dock");
    stored = service.append("dock", Captures.read("output_get_media.mkv"));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void listFragments_pageByPage_givesAllButNotInOrder() throws Exception {
    List<String> numbers = new ArrayList<>();
    Map<String, Object> request = new HashMap<>(range("FragmentSelector"));
    request.put("MaxResults", 2);
    int pages = 0;
    String token;
    do {
      JsonNode page = RawClient.call(service, "/listFragments", request).json();
      page.path("Fragments").forEach(one -> numbers.add(one.path("FragmentNumber").asText()));
      token = page.path("NextToken").asText("");
      request.put("NextToken", token);
      pages++;
    } while (!token.isEmpty());

    List<String> inOrder = stored.stream().map(StoredFragment::number).toList();
    assertThat(pages).isEqualTo(3);
    assertThat(numbers).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
  }

  @Test
  void getMediaForFragmentList_hasOtherTagsAndTellsWhatIsMissing() throws Exception {
    String missing = "1".repeat(47);

    RawClient.Answer answer =
        RawClient.call(
            service,
            "/getMediaForFragmentList",
            Map.of("StreamName", "dock", "Fragments", List.of(stored.get(3).number(), missing)));

    String text = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(text)
        .contains("AWS_KINESISVIDEO_SERVER_SIDE_TIMESTAMP", "AWS_KINESISVIDEO_EXCEPTION_MESSAGE")
        .doesNotContain("CONTINUATION_TOKEN", "AWS_KINESISVIDEO_SERVER_TIMESTAMP");
    service.createStream("copy");
    assertThat(service.replay("copy", stored.get(3).archived(MEDIA))).isEmpty();
  }

  private static final io.videoml.testkit.kvs.media.AwsTags.Spelling MEDIA =
      io.videoml.testkit.kvs.media.AwsTags.Spelling.MEDIA;

  @Test
  void getClip_isMp4WithAllFrames() throws Exception {
    assumeFfmpeg();

    RawClient.Answer answer = RawClient.call(service, "/getClip", range("ClipFragmentSelector"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.bytes(), 4, 4, StandardCharsets.ISO_8859_1)).isEqualTo("ftyp");
    assertThat(answer.bytes()).hasSizeGreaterThan(2_000_000);
  }

  @Test
  void getImages_areJpeg() throws Exception {
    assumeFfmpeg();
    Map<String, Object> request = new HashMap<>();
    long start = stored.get(0).producerTime().toEpochMilli();
    request.put("StreamName", "dock");
    request.put("ImageSelectorType", "PRODUCER_TIMESTAMP");
    request.put("StartTimestamp", start / 1000.0);
    request.put("EndTimestamp", (start + 3_000) / 1000.0);
    request.put("SamplingInterval", 1_500);
    request.put("Format", "JPEG");

    JsonNode images = RawClient.call(service, "/getImages", request).json().path("Images");

    assertThat(images).hasSize(3);
    for (JsonNode image : images) {
      byte[] jpeg = Base64.getDecoder().decode(image.path("ImageContent").asText());
      assertThat(jpeg).startsWith(0xFF, 0xD8);
    }
  }

  @Test
  void hlsSession_playlistLeadsToSegments() throws Exception {
    assumeFfmpeg();
    Map<String, Object> request = new HashMap<>(range("HLSFragmentSelector"));
    request.put("PlaybackMode", "ON_DEMAND");
    String url =
        RawClient.call(service, "/getHLSStreamingSessionURL", request)
            .json()
            .path("HLSStreamingSessionURL")
            .asText();

    HttpClient http = HttpClient.newHttpClient();
    String playlist =
        http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    String first = playlist.lines().filter(line -> line.startsWith("getTS")).findFirst().get();
    HttpResponse<byte[]> segment =
        http.send(
            HttpRequest.newBuilder(URI.create(url).resolve(first)).build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(playlist).startsWith("#EXTM3U").contains("#EXT-X-ENDLIST");
    assertThat(segment.statusCode()).isEqualTo(200);
    assertThat(segment.body()[0]).isEqualTo((byte) 0x47);
  }

  @Test
  void archive_ofStreamWithoutRetention_isRefused() throws Exception {
    RawClient.call(service, "/createStream", Map.of("StreamName", "fleeting"));

    RawClient.Answer answer =
        RawClient.call(service, "/listFragments", Map.of("StreamName", "fleeting"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("NoDataRetentionException");
  }

  @Test
  void listFragments_throttledByFault_isRefusedOnce() throws Exception {
    service
        .faults()
        .next(KvsOperation.LIST_FRAGMENTS, new Fault.Refuse(400, "ClientLimitExceededException"));

    RawClient.Answer one = RawClient.call(service, "/listFragments", Map.of("StreamName", "dock"));
    RawClient.Answer two = RawClient.call(service, "/listFragments", Map.of("StreamName", "dock"));

    assertThat(one.type()).isEqualTo("ClientLimitExceededException");
    assertThat(two.status()).isEqualTo(200);
  }

  private Map<String, Object> range(String selector) {
    long start = stored.get(0).producerTime().toEpochMilli();
    long end = stored.get(4).producerTime().toEpochMilli();
    return Map.of(
        "StreamName",
        "dock",
        selector,
        Map.of(
            "FragmentSelectorType",
            "PRODUCER_TIMESTAMP",
            "TimestampRange",
            Map.of("StartTimestamp", start / 1000.0, "EndTimestamp", end / 1000.0)));
  }

  private static void assumeFfmpeg() {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
    assumeTrue(there, "the command ffmpeg is not on this machine");
  }
}
