package io.videoml.testkit.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KvsStandInStoreTest {
  @TempDir Path folder;

  @Test
  void directory_afterRestart_hasTheSameStreamsAndFragments() throws Exception {
    byte[] capture = Captures.read("test_mixed_tags.mkv");
    List<String> before;
    try (KvsStandIn service = KvsStandIn.builder().directory(folder).start()) {
      service.createStream("dock");
      service.replay("dock", capture);
      service.createStream("..");
      before = service.fragments("dock").stream().map(Object::toString).toList();
    }

    try (KvsStandIn service = KvsStandIn.builder().directory(folder).start()) {
      List<StoredFragment> after = service.fragments("dock");

      assertThat(after).extracting(Object::toString).isEqualTo(before).hasSize(10);
      assertThat(after.get(0).frames()).hasSize(10);
      assertThat(after.get(0).tags()).containsEntry("testTag_3", "testTag_3_Value");
      assertThat(service.fragments("..")).isEmpty();
      StoredFragment next = service.append("dock", capture).get(0);
      assertThat(next.number()).isGreaterThan(after.get(9).number());
      service.deleteStream("dock");
      assertThat(Files.exists(folder.resolve("stream-dock"))).isFalse();
    }
  }

  @Test
  void directory_ofAnotherStandIn_isRefused() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().directory(folder).start()) {
      assertThat(service.streams()).isEmpty();
      assertThatThrownBy(() -> KvsStandIn.builder().directory(folder).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("another stand-in uses the folder");
    }
    KvsStandIn.builder().directory(folder).start().close();
  }

  @Test
  void directory_afterAKill_forgetsWhatIsHalfWritten() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().directory(folder).start()) {
      service.createStream("dock");
      service.append("dock", Captures.read("clusters.mkv"));
    }
    Path stream = folder.resolve("stream-dock");
    Files.write(stream.resolve("9".repeat(47) + ".mkv"), new byte[10]);
    Files.write(stream.resolve("stream.properties.new"), new byte[10]);

    try (KvsStandIn service = KvsStandIn.builder().directory(folder).start()) {
      assertThat(service.fragments("dock")).hasSize(8);
      service.deleteStream("dock");
      assertThat(stream).doesNotExist();
    }
  }

  @Test
  void manyConnections_leaveNothing() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (KvsStandIn service =
        KvsStandIn.builder()
            .limits(KvsLimits.aws().requestsPerSecond(10_000).mediaConnections(10_000))
            .start()) {
      service.createStream("dock");
      String prefix = "kvs-stand-in-" + service.port();
      for (int i = 0; i < 150; i++) {
        try (RawClient reader = new RawClient(service);
            PutClient producer = PutClient.to(service)) {
          reader.post(
              "/getMedia",
              "{\"StreamName\":\"dock\",\"StartSelector\":{\"StartSelectorType\":\"NOW\"}}"
                  .getBytes());
          if (producer.open("dock", "RELATIVE") == 200) { // the one before may not be gone yet
            producer.send(media, 50_000);
          }
        }
      }
      long end = System.nanoTime() + 10_000_000_000L;
      while (threads(prefix) > 1) { // the one that accepts
        assertThat(System.nanoTime()).as("%d threads are left", threads(prefix)).isLessThan(end);
        Thread.sleep(20);
      }
      assertThat(service.connections("dock", KvsOperation.GET_MEDIA)).isZero();
      assertThat(service.connections("dock", KvsOperation.PUT_MEDIA)).isZero();
    }
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  @Test
  void retention_byCount_dropsTheOldest() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (KvsStandIn service =
        KvsStandIn.builder().directory(folder).retention(3, Long.MAX_VALUE).start()) {
      service.createStream("dock");

      List<StoredFragment> stored = service.append("dock", media);

      assertThat(service.fragments("dock")).isEqualTo(stored.subList(5, 8));
      assertThatThrownBy(() -> stored.get(0).bytes()).isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void append_everyCapture_hasTheFramesOfTheManifest() throws Exception {
    Map<String, Integer> frames =
        Map.of(
            "bezos_vogels.mkv", 546,
            "clusters.mkv", 444,
            "empty-mkv-with-tags.mkv", 0,
            "gen-kvssink-h264-aac-putmedia.mkv", 423,
            "gen-kvssink-hevc-nocpd-putmedia.mkv", 100,
            "output_get_media.mkv", 300,
            "output_get_media_sparse_fragments.mkv", 180,
            "test_mixed_tags.mkv", 100,
            "vogels_330.mkv", 2334);
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      for (Map.Entry<String, Integer> capture : frames.entrySet()) {
        service.createStream(capture.getKey());
        int count = 0;
        for (StoredFragment fragment :
            service.append(capture.getKey(), Captures.read(capture.getKey()))) {
          count += fragment.frames().size();
        }
        assertThat(count).as(capture.getKey()).isEqualTo(capture.getValue());
      }
    }
  }

  @Test
  void control_streamsComeAndGo() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      String arn =
          RawClient.call(
                  service,
                  "/createStream",
                  Map.of("StreamName", "a", "DataRetentionInHours", 2, "Tags", Map.of("k", "v")))
              .json()
              .path("StreamARN")
              .asText();
      assertThat(RawClient.call(service, "/createStream", Map.of("StreamName", "a")).type())
          .isEqualTo("ResourceInUseException");
      assertThat(
              RawClient.call(
                      service,
                      "/updateDataRetention",
                      Map.of(
                          "StreamARN",
                          arn,
                          "CurrentVersion",
                          "v1",
                          "Operation",
                          "INCREASE_DATA_RETENTION",
                          "DataRetentionChangeInHours",
                          3))
                  .status())
          .isEqualTo(200);
      assertThat(
              RawClient.call(service, "/describeStream", Map.of("StreamARN", arn))
                  .json()
                  .at("/StreamInfo/DataRetentionInHours")
                  .asInt())
          .isEqualTo(5);
      assertThat(
              RawClient.call(service, "/listTagsForStream", Map.of("StreamName", "a"))
                  .json()
                  .at("/Tags/k")
                  .asText())
          .isEqualTo("v");
      assertThat(RawClient.call(service, "/listStreams", Map.of()).json().path("StreamInfoList"))
          .hasSize(1);
      assertThat(RawClient.call(service, "/deleteStream", Map.of("StreamARN", arn)).status())
          .isEqualTo(200);
      assertThat(RawClient.call(service, "/describeStream", Map.of("StreamName", "a")).status())
          .isEqualTo(404);
    }
  }
}
