package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The snippets about packets; {@link DocumentationTest} compares. */
class PacketsGuideTest {
  private static final Path video = DemoClip.video();

  @Test
  void sources_packets() {
    Map<Long, Integer> stored = new TreeMap<>();

    FfmpegSource source = FfmpegSource.of(video);
    try (PacketReader packets = source.openPackets(Optional.empty())) {
      EncodedFormat format = packets.format(); // codec, size, start codes or lengths, private data
      System.out.println(format);
      while (packets.tryAdvance(
          packet -> stored.put(packet.info().dtsNanos(), packet.data().remaining()))) {}
    }

    assertThat(stored).hasSizeGreaterThan(100);

    PacketDecoding decoding = PacketDecoding.builder().threads(2).build();
    try (FrameReader frames = decoding.open(source, Optional.empty(), DecodeDemand.ALL)) {
      frames.tryAdvance(frame -> System.out.println(frame.info()));
    }
  }
}
