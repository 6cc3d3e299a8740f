package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recorded streams, of the service and of its official producers, served and decoded. */
@Timeout(60)
class KvsSourceCapturesTest {
  private static KvsStandIn service;

  @BeforeAll
  static void start() {
    service = ClipService.roomy(KvsLimits.aws());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static KvsSource.Builder source(String stream) {
    return KvsSource.builder(stream)
        .connection(Clips.connection(service).build())
        .startAt(KvsStart.earliest())
        .endWhenIdle(Duration.ofMillis(400));
  }

  private static List<FrameInfo> read(KvsSource source) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
    return frames;
  }

  private static KvsSource replayed(String stream, String capture) {
    byte[] media = Clips.capture(capture);
    service.createStream(stream);
    service.replay(stream, media);
    return source(stream).build();
  }

  private static KvsSource appended(String stream, String capture) {
    byte[] media = Clips.capture(capture);
    service.createStream(stream);
    service.append(stream, media);
    return source(stream).build();
  }

  @Test
  void frames_ofTheServicesOwnCapture_areAll() {
    KvsSource source = replayed("real", "output_get_media.mkv");

    List<FrameInfo> frames = read(source);

    assertThat(frames).hasSize(300).noneMatch(FrameInfo::corrupt);
    assertThat(frames).filteredOn(FrameInfo::keyFrame).hasSize(5);
    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted().doesNotHaveDuplicates();
    assertThat(frames).allMatch(frame -> frame.time().capturedFrom() == CaptureClock.KVS_PRODUCER);
    assertThat(frames.get(0).width()).isEqualTo(640);
  }

  @Test
  void frames_ofCapture_frameByFrame_areTheSame() {
    replayed("real-frames", "output_get_media.mkv");

    assertThat(read(source("real-frames").delivery(KvsDelivery.FRAME).build())).hasSize(300);
  }

  @Test
  void frames_ofASparseCapture_areThoseThatAreThere() {
    assertThat(read(replayed("sparse", "output_get_media_sparse_fragments.mkv"))).hasSize(180);
  }

  @Test
  void frames_ofHevcWithoutCodecPrivate_areAll() {
    List<FrameInfo> frames = read(appended("hevc", "gen-kvssink-hevc-nocpd-putmedia.mkv"));

    assertThat(frames).hasSize(100).noneMatch(FrameInfo::corrupt);
  }

  @Test
  void frames_ofH264WithSound_areThePictures() {
    assertThat(read(appended("av", "gen-kvssink-h264-aac-putmedia.mkv"))).hasSize(147);
  }

  @Test
  void frames_codecChanges_goOn() {
    appended("change", "gen-kvssink-h264-aac-putmedia.mkv");
    service.append("change", Clips.capture("gen-kvssink-hevc-nocpd-putmedia.mkv"));
    Set<String> codecs = new HashSet<>();
    int[] count = {0};
    try (FrameReader reader = source("change").build().open()) {
      while (reader.tryAdvance(frame -> count[0]++)) {
        codecs.add(reader.stream().codec());
      }
    }

    assertThat(count[0]).isEqualTo(247);
    assertThat(codecs).containsExactlyInAnyOrder("h264", "hevc");
  }

  @Test
  void frames_ofTwoProducerSessions_areThoseOfWholeFragments() {
    KvsSource source = replayed("sessions", "output-get-media-equal-timecode.mkv");

    List<Boolean> breaks = new ArrayList<>();
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> breaks.add(packet.info().discontinuity()))) {}
    }

    assertThat(breaks).hasSize(service.fragments("sessions").size() * 120).doesNotContain(true);
  }

  @Test
  void open_unknownCodec_isUnsupported() {
    KvsSource source = replayed("vfw", "test_mixed_tags.mkv");

    assertThatThrownBy(source::open)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("V_MS/VFW/FOURCC");
  }
}
