package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.produce.KvsForward;
import io.videoml.kvs.produce.KvsProducer;
import io.videoml.kvs.produce.KvsWriter;
import io.videoml.kvs.produce.ProducerEvent;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketSource;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.kvs.KvsStandIn;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The snippets of docs/guides/kinesis-producer.md. */
@Timeout(60)
class KinesisProducerGuideTest {
  private static final PacketSource camera = FfmpegSource.of(DemoClip.video());
  private final Queue<ProducerEvent> events = new ConcurrentLinkedQueue<>();

  @TempDir Path directory;

  /** For the eye: it would ask for AWS's credentials. */
  static KvsForward shortest() {
    KvsForward forward = KvsProducer.builder("dock-3").build().forward(camera);
    return forward;
  }

  @Test
  void forward_theDemosClip_isStored() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsProducer producer = KvsProducer.builder("dock-3").connection(connection(service)).build();
      try (KvsForward forward = producer.forward(camera)) {
        assertThat(forward.await(Duration.ofSeconds(30))).isTrue();
      }
      assertThat(service.fragments("dock-3")).isNotEmpty();
    }
  }

  @Test
  void writer_packets_areStoredWithTheirTag() throws Exception {
    List<EncodedPacket> packets = packets();
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsProducer producer = KvsProducer.builder("dock-3").connection(connection(service)).build();

      try (KvsWriter writer = producer.open(event -> log(event))) {
        for (EncodedPacket packet : packets) {
          writer.put(packet); // or put(bytes, time, keyFrame, format)
        }
        writer.tag("door", "open"); // on the fragment that is being put together
        boolean stored = writer.flush(Duration.ofSeconds(30));
        assertThat(stored).isTrue();
      }

      assertThat(service.fragments("dock-3")).hasSize(1);
      assertThat(service.fragments("dock-3").get(0).tags()).containsEntry("door", "open");
    }
    assertThat(events).anyMatch(ProducerEvent.Persisted.class::isInstance);
  }

  @Test
  void spool_directory_isTakenAndGivenBack() {
    KvsProducer producer =
        KvsProducer.builder("dock-3")
            .spool(directory, 2L << 30) // two gigabytes
            .build();
    assertThat(producer.toString()).contains("dock-3");
    assertThat(directory).isEmptyDirectory(); // a description does nothing yet
  }

  private void log(ProducerEvent event) {
    events.add(event);
  }

  private static KvsConnection connection(KvsStandIn service) {
    AwsBasicCredentials keys = AwsBasicCredentials.create(service.accessKey(), service.secretKey());
    return KvsConnection.builder()
        .region(service.region())
        .endpoint(service.endpoint())
        .credentials(() -> StaticCredentialsProvider.create(keys))
        .build();
  }

  private static List<EncodedPacket> packets() {
    EncodedFormat format =
        new EncodedFormat("mjpeg", Packaging.NONE, 64, 64, new byte[0], OptionalDouble.of(10));
    List<EncodedPacket> packets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long nanos = i * 100_000_000L;
      PacketInfo info =
          new PacketInfo(
              format,
              nanos,
              nanos,
              true,
              i == 0,
              false,
              Instant.ofEpochSecond(1_770_000_000).plusNanos(nanos),
              CaptureClock.ARRIVAL,
              0);
      packets.add(
          new EncodedPacket() {
            @Override
            public PacketInfo info() {
              return info;
            }

            @Override
            public ByteBuffer data() {
              return ByteBuffer.allocate(100).asReadOnlyBuffer();
            }
          });
    }
    return packets;
  }
}
