package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.ResumePosition;
import io.videoml.kvs.KvsDelivery;
import io.videoml.kvs.KvsExpired;
import io.videoml.kvs.KvsGap;
import io.videoml.kvs.KvsListener;
import io.videoml.kvs.KvsSource;
import io.videoml.kvs.KvsStart;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.Resilience;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The snippets of the guide to Kinesis Video Streams, against the stand-in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KinesisGuideTest {
  private static KvsStandIn service;
  private static KvsConnection connection;

  enum GapLog implements KvsListener {
    TO_OUTPUT;

    @Override
    public void onGap(String source, KvsGap gap) {
      System.out.println(source + " lacks what is before " + gap.before());
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
  void reading_aStream() {
    KvsSource dock =
        KvsSource.builder("dock-3") // a name, or an ARN
            .connection(connection) // region and credentials, as the AWS SDK finds them by default
            .startAt(KvsStart.earliest()) // the default is now
            .build();
    try (FrameReader reader = dock.open()) {
      assertThat(reader.tryAdvance(frame -> {})).isTrue();
    }

    PipelineBuilder pipeline =
        Pipeline.named("dock")
            .source(dock)
            .resilience(
                Resilience.defaults()
                    .with(
                        Liveness.defaults()
                            .framesWithin(Duration.ofSeconds(45))
                            .firstFrameWithin(Duration.ofSeconds(60))));
    assertThat(pipeline.build().name()).isEqualTo("dock");
  }

  @Test
  void reading_withSettings() {
    KvsSource careful =
        KvsSource.builder("dock-3")
            .connection(connection)
            .delivery(KvsDelivery.FRAME) // as frames come; the default waits for whole fragments
            .clock(CaptureClock.KVS_SERVER) // for capture times; the default is the producer's
            .whenExpired(KvsExpired.FAIL) // the default goes on at the oldest that is kept
            .skipResent() // fragments that a producer sent twice come once
            .live(false) // reading waits for a slow detector; the default drops to the newest
            .listener(GapLog.TO_OUTPUT)
            .build();
    assertThat(careful.live()).isFalse();
  }

  @Test
  void reading_whatIsStored() {
    KvsSource stored =
        KvsSource.builder("dock-3")
            .connection(connection)
            .startAt(KvsStart.earliest())
            .endWhenIdle(Duration.ofSeconds(1))
            .build();
    List<ResumePosition> positions = new ArrayList<>();
    try (FrameReader reader = stored.open()) {
      while (reader.tryAdvance(frame -> frame.position().ifPresent(positions::add))) {}
    }
    try (FrameReader rest = stored.open(Optional.of(positions.get(9)), DecodeDemand.ALL)) {
      rest.tryAdvance(frame -> System.out.println("the eleventh frame: " + frame.info().time()));
    }
    assertThat(positions).hasSizeGreaterThan(20);
  }
}
