package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.KvsArchiveListener;
import io.videoml.kvs.KvsArchiveSource;
import io.videoml.kvs.KvsArchivedFragment;
import io.videoml.kvs.KvsClips;
import io.videoml.kvs.KvsImageFormat;
import io.videoml.kvs.KvsPlaylist;
import io.videoml.kvs.KvsRange;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.source.FrameReader;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The snippets of the guide to Kinesis Video Streams about the archive, against the stand-in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KinesisArchiveGuideTest {
  private static final Instant NOON = Instant.now().minusSeconds(60);

  private static KvsStandIn service;
  private static KvsConnection connection;

  enum Missing implements KvsArchiveListener {
    TO_OUTPUT;

    @Override
    public void onMissing(String source, KvsArchivedFragment fragment, String reason) {
      System.out.println(source + " lacks " + fragment + ": " + reason);
    }
  }

  @BeforeAll
  static void start() throws InterruptedException {
    service = KvsStandIn.builder().start();
    service.createStream("dock-3");
    String accessKey = service.accessKey();
    String secretKey = service.secretKey();
    connection =
        KvsConnection.builder()
            .region(service.region())
            .endpoint(service.endpoint())
            .credentials(
                () ->
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(accessKey, secretKey)))
            .build();
    KvsProducer producer = KvsProducer.builder("dock-3").connection(connection).build();
    try (KvsForward clip = producer.forward(FfmpegSource.of(DemoClip.video()))) {
      assertThat(clip.await(Duration.ofSeconds(30))).isTrue();
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void reading_aRange() {
    Instant noon = NOON;
    KvsArchiveSource hour =
        KvsArchiveSource.builder("dock-3", KvsRange.producerTime(noon, noon.plusSeconds(3600)))
            .connection(connection)
            .listener(Missing.TO_OUTPUT)
            .build();
    int[] frames = {0};
    try (FrameReader reader = hour.open()) {
      while (reader.tryAdvance(frame -> frames[0]++)) {}
    }
    assertThat(frames[0]).isEqualTo(210);
  }

  @Test
  void clips(@TempDir Path folder) {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "ffmpeg")));
    assumeTrue(there, "the stand-in makes clips with the ffmpeg command, which is not there");
    Instant noon = NOON;
    KvsClips clips = KvsClips.of("dock-3", connection);
    KvsRange minutes = KvsRange.producerTime(noon, noon.plusSeconds(300));
    clips.clip(minutes, folder.resolve("noon.mp4"));
    clips.images(
        minutes,
        KvsImageFormat.jpegEvery(Duration.ofSeconds(10)),
        /* most= */ 100,
        image -> System.out.println(image.time() + ": " + image.data().remaining() + " bytes"));
    KvsPlaylist playlist = clips.onDemand(minutes, Duration.ofMinutes(5));
    FfmpegSource played = FfmpegSource.of(playlist.address().toString());

    assertThat(folder.resolve("noon.mp4")).isNotEmptyFile();
    assertThat(played.id()).contains("SessionToken=***");
  }
}
