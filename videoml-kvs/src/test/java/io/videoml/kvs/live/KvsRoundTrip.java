package io.videoml.kvs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.kvs.KvsArchiveSource;
import io.videoml.kvs.KvsClips;
import io.videoml.kvs.KvsDelivery;
import io.videoml.kvs.KvsImage;
import io.videoml.kvs.KvsImageFormat;
import io.videoml.kvs.KvsRange;
import io.videoml.kvs.KvsSource;
import io.videoml.kvs.KvsStart;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoAsyncClient;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoAsyncClientBuilder;

/**
 * One clip through a service: sent, read live, read again from a position, read from the archive,
 * and as what the service makes of it. The stream is made before, and deleted after.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KvsRoundTrip {
  private static final int FRAMES = DemoClip.truth().size();

  private final String stream = "videoml-test-" + System.currentTimeMillis();
  private KinesisVideoAsyncClient control;
  private String arn;
  private KvsRange range;

  /** Returns how to reach the service. */
  protected abstract KvsConnection connection();

  /** Returns why the service cannot make pictures or clips by itself; empty where it can. */
  protected abstract Optional<String> whyNoClips();

  /** Called after everything else. */
  protected void end() {}

  @BeforeAll
  void send() throws Exception {
    KinesisVideoAsyncClientBuilder builder = KinesisVideoAsyncClient.builder();
    connection().endpoint().ifPresent(builder::endpointOverride);
    connection()
        .region()
        .ifPresent(region -> builder.region(software.amazon.awssdk.regions.Region.of(region)));
    control = builder.credentialsProvider(connection().credentials()).build();
    arn =
        control
            .createStream(
                request ->
                    request.streamName(stream).dataRetentionInHours(1).mediaType("video/h264"))
            .get(30, TimeUnit.SECONDS)
            .streamARN();
    awaitActive();
    Instant start = Instant.now();
    try (KvsForward forward =
        KvsProducer.builder(stream)
            .connection(connection())
            .build()
            .forward(FfmpegSource.of(DemoClip.video()))) {
      assertThat(forward.await(Duration.ofSeconds(100))).isTrue();
      assertThat(forward.statistics().framesPersisted()).isEqualTo(FRAMES);
    }
    range =
        new KvsRange(
            CaptureClock.KVS_PRODUCER, start.minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @AfterAll
  void delete() throws Exception {
    try {
      if (arn != null) {
        control.deleteStream(request -> request.streamARN(arn)).get(30, TimeUnit.SECONDS);
      }
    } finally {
      if (control != null) {
        control.close();
      }
      end();
    }
  }

  @Test
  void source_fromTheEarliest_deliversWhatWasSent() {
    for (KvsDelivery delivery : KvsDelivery.values()) {
      List<FrameInfo> frames = read(stored().delivery(delivery).build(), Optional.empty());

      assertThat(frames).as("%s", delivery).hasSize(FRAMES);
      assertThat(frames)
          .allSatisfy(
              frame -> {
                assertThat(frame.corrupt()).isFalse();
                assertThat(frame.time().capturedFrom()).isEqualTo(CaptureClock.KVS_PRODUCER);
              });
    }
  }

  @Test
  void source_atAPosition_goesOnRightAfterIt() {
    List<ResumePosition> positions = new ArrayList<>();
    try (FrameReader reader = stored().build().open()) {
      while (reader.tryAdvance(frame -> frame.position().ifPresent(positions::add))) {}
    }
    int half = FRAMES / 2;

    assertThat(read(stored().build(), Optional.of(positions.get(half - 1))))
        .extracting(FrameInfo::index)
        .hasSize(FRAMES - half)
        .startsWith((long) half);
  }

  @Test
  void archive_ofTheTime_deliversWhatWasSent() {
    KvsArchiveSource archive =
        KvsArchiveSource.builder(stream, range).connection(connection()).build();

    assertThat(read(archive, Optional.empty())).hasSize(FRAMES);
  }

  @Test
  void clips_ofTheTime_canBePlayed(@TempDir Path folder) {
    assumeTrue(whyNoClips().isEmpty(), () -> whyNoClips().orElse(""));
    KvsClips clips = KvsClips.of(stream, connection());

    assertThat(clips.clip(range, folder.resolve("clip.mp4"))).isPositive();
    assertThat(read(FfmpegSource.of(folder.resolve("clip.mp4")), Optional.empty())).hasSize(FRAMES);

    List<KvsImage> images = new ArrayList<>();
    clips.images(range, KvsImageFormat.jpegEvery(Duration.ofSeconds(1)), 3, images::add);
    assertThat(images).isNotEmpty();

    assertThat(
            read(
                FfmpegSource.of(clips.onDemand(range, Duration.ofMinutes(5)).address()),
                Optional.empty()))
        .isNotEmpty();
  }

  @Test
  void source_ofNoStream_isNotFound() {
    KvsSource none = KvsSource.builder(stream + "-none").connection(connection()).build();

    SourceException thrown = catchThrowableOfType(SourceException.class, () -> none.open().close());
    assertThat(thrown.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  private KvsSource.Builder stored() {
    return KvsSource.builder(stream)
        .connection(connection())
        .startAt(KvsStart.earliest())
        .endWhenIdle(Duration.ofSeconds(3));
  }

  private void awaitActive() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!"ACTIVE"
        .equals(
            control
                .describeStream(request -> request.streamName(stream))
                .get(30, TimeUnit.SECONDS)
                .streamInfo()
                .statusAsString())) {
      assertThat(System.nanoTime()).as("the stream is made in time").isLessThan(end);
      Thread.sleep(500);
    }
  }

  private static List<FrameInfo> read(FrameSource source, Optional<ResumePosition> from) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open(from, DecodeDemand.ALL)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
    return frames;
  }
}
