package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.kvs.produce.WhenFull;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the service makes of an archive, by the stand-in, which needs the ffmpeg command for it. */
@Timeout(60)
class KvsClipsTest {
  private static final FfmpegSource VIDEO = FfmpegSource.of(DemoClip.video());

  private static int expected;
  private static KvsStandIn service;
  private static KvsClips clips;

  @TempDir Path folder;
  private final KvsRange hours =
      KvsRange.serverTime(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(3600));

  @BeforeAll
  static void start() throws InterruptedException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg")));
    assumeTrue(there, "the stand-in makes clips and images with the ffmpeg command, not found");
    expected = frames(VIDEO);
    service = ClipService.roomy(KvsLimits.aws());
    service.createStream("clip");
    KvsConnection connection =
        Clips.connection(service).readTimeout(Duration.ofSeconds(20)).build();
    KvsProducer producer =
        KvsProducer.builder("clip").connection(connection).whenFull(WhenFull.BLOCK).build();
    try (KvsForward forward = producer.forward(VIDEO)) {
      assertThat(forward.await(Duration.ofSeconds(30))).isTrue();
    }
    clips = KvsClips.of("clip", connection);
  }

  @AfterEach
  void forgetFaults() {
    service.faults().clear();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void clip_wholeRange_isAFileWithAllFrames() throws IOException {
    Path file = folder.resolve("clip.mp4");
    Files.writeString(file, "of before");

    long size = clips.clip(hours, file);

    assertThat(file).hasSize(size);
    assertThat(frames(FfmpegSource.of(file))).isEqualTo(expected);
    assertThat(files()).containsExactly("clip.mp4");
  }

  @Test
  void clip_connectionBreaks_keepsTheFileOfBefore() throws IOException {
    Path file = folder.resolve("clip.mp4");
    Files.writeString(file, "of before");
    service.faults().next(KvsOperation.GET_CLIP, new Fault.CutAnswer(100, Ending.RESET));

    SourceException thrown =
        catchThrowableOfType(SourceException.class, () -> clips.clip(hours, file));

    assertThat(thrown.kind()).isEqualTo(Kind.NETWORK);
    assertThat(file).hasContent("of before");
    assertThat(files()).containsExactly("clip.mp4");
  }

  @Test
  void clip_intoNoFolder_asksForNothing() {
    long before = clipsAsked();

    assertThatThrownBy(() -> clips.clip(hours, folder.resolve("none").resolve("clip.mp4")))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(clipsAsked()).isEqualTo(before);
  }

  private static long clipsAsked() {
    return service.requests().stream().filter(r -> r.operation() == KvsOperation.GET_CLIP).count();
  }

  @Test
  void images_wholeRange_comeInOrderWithWhatIsMissingSaid() {
    List<KvsImage> images = new ArrayList<>();
    Instant start = service.fragments("clip").get(0).producerTime();

    clips.images(
        KvsRange.producerTime(start, start.plusSeconds(200)),
        KvsImageFormat.jpegEvery(Duration.ofSeconds(7)),
        /* most= */ 27, // more than a page
        images::add);

    assertThat(images).hasSize(27);
    assertThat(images).extracting(KvsImage::time).isSorted();
    assertThat(images.get(0).error()).isEmpty();
    assertThat(images.get(0).data().getShort() & 0xffff).as("JPEG's mark").isEqualTo(0xffd8);
    assertThat(images.get(26).error()).contains("NO_MEDIA");
    assertThat(images.get(26).data().hasRemaining()).isFalse();
  }

  @Test
  void onDemand_range_playsWithFfmpegAndHidesItsToken() {
    KvsPlaylist playlist = clips.onDemand(hours, Duration.ofMinutes(5));

    FfmpegSource source = FfmpegSource.of(playlist.address().toString());
    String token = playlist.address().getQuery().split("=", 2)[1];
    assertThat(token).hasSizeGreaterThan(20);
    assertThat(playlist.toString()).doesNotContain(token).contains("m3u8");
    assertThat(source.id()).doesNotContain(token);
    assertThat(source.toString()).doesNotContain(token);
    assertThat(frames(source)).isEqualTo(expected);
  }

  @Test
  void live_andReplay_giveAnAddress() {
    assertThat(clips.live(Duration.ofHours(1)).address()).hasParameter("SessionToken");
    assertThat(clips.replay(hours.clock(), hours.from(), Duration.ofHours(1)).address())
        .hasParameter("SessionToken");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clips.live(Duration.ofMinutes(1)))
        .withMessageContaining("PT1M");
  }

  @Test
  void anyCall_refused_saysSoWithoutSecrets() {
    service
        .faults()
        .always(
            KvsOperation.GET_HLS_STREAMING_SESSION_URL,
            new Fault.Refuse(401, "NotAuthorizedException"));

    SourceException thrown =
        catchThrowableOfType(SourceException.class, () -> clips.live(Duration.ofHours(1)));

    assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(thrown).hasMessageContaining("kvs://clip").hasMessageNotContaining("videoml/stand");
  }

  @Test
  void anyCall_unknownStream_isNotFound() {
    KvsClips none = KvsClips.of("none", Clips.connection(service).build());

    SourceException thrown =
        catchThrowableOfType(
            SourceException.class, () -> none.clip(hours, folder.resolve("none.mp4")));

    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(folder.resolve("none.mp4")).doesNotExist();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static int frames(FrameSource source) {
    int[] count = {0};
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> count[0]++)) {}
    }
    return count[0];
  }
}
