package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Decoding packets that were taken out of their file, as those of Kinesis are, against decoding the
 * file.
 */
final class PacketComparison {
  private static final int SETTLE = 100;

  private final FfmpegSource source;

  PacketComparison(Path clip) {
    source = FfmpegSource.of(clip);
  }

  List<Ratio> compare(Rounds rounds) {
    return List.of(
        rounds.compare(
            "1080p H.264, packets decoded, against the file",
            "CPU s",
            1.05,
            () -> seconds(packets()),
            () -> seconds(source.open())),
        new Ratio(
            "heap bytes per frame, packets", garbage(packets()), garbage(source.open()), "B", 4));
  }

  private FrameReader packets() {
    return PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL);
  }

  private static double seconds(FrameReader opened) {
    double start = Cpu.processSeconds();
    try (FrameReader reader = opened) {
      while (reader.tryAdvance(frame -> {})) {}
    }
    return Cpu.processSeconds() - start;
  }

  private static double garbage(FrameReader opened) {
    long frames = 0;
    long start = 0;
    try (FrameReader reader = opened) {
      while (reader.tryAdvance(frame -> {})) {
        if (++frames == SETTLE) {
          start = Cpu.allocatedBytes();
        }
      }
      return (double) (Cpu.allocatedBytes() - start) / Math.max(1, frames - SETTLE);
    }
  }
}
