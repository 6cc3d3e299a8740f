package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.packet.PacketReader;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.media.StoredFrame;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KvsGateTest {

  @Test
  void send_someFrames_storesTheirWholeGroupsOnceAndUntouched() throws Exception {
    Path file =
        Path.of(System.getProperty("videoml.shared", "")).resolve("data/videos/car-detection.mp4");
    assumeTrue(Files.exists(file), "no videos at videoml.shared");
    FfmpegSource camera = FfmpegSource.of(file);
    List<ByteBuffer> packets = packets(camera);
    Set<Long> wanted = Set.of(70L, 100L, 250L); // groups 1 and 4, of 60 pictures
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsProducer producer =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .closeTimeout(Duration.ofSeconds(10))
              .build();
      KvsGate gate = KvsGate.open(camera, producer);
      RunResult result =
          Pipeline.named("edge")
              .source(gate.source())
              .sample(
                  () ->
                      (FrameSampler)
                          frame ->
                              wanted.contains(frame.info().index())
                                  ? SamplingDecision.keep("wanted")
                                  : SamplingDecision.drop("not wanted"))
              .cascade(Cascade.frames().to("kinesis", () -> gate))
              .build()
              .run();

      assertThat(result).isInstanceOf(RunResult.Completed.class);
      List<ByteBuffer> stored = new ArrayList<>();
      for (StoredFragment fragment : service.fragments("dock-3")) {
        fragment.frames().stream().map(StoredFrame::data).forEach(stored::add);
      }
      List<ByteBuffer> expected = new ArrayList<>(packets.subList(60, 120));
      expected.addAll(packets.subList(240, 300));
      assertThat(service.fragments("dock-3")).hasSize(2);
      assertThat(stored).isEqualTo(expected);
    }
  }

  private static List<ByteBuffer> packets(FfmpegSource source) {
    List<ByteBuffer> packets = new ArrayList<>();
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(
          packet ->
              packets.add(
                  ByteBuffer.allocate(packet.data().remaining()).put(packet.data()).flip()))) {}
    }
    return packets;
  }
}
