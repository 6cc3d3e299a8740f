package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.detect.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens and closes again and again, and asks Linux what is left. */
class OnnxLeakTest {
  private static final int CYCLES = 150;
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;

  @Test
  void close_afterManyDetectors_leavesNoMemoryThreadOrFile() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "needs Linux's /proc to count");
    // Weights of 4 MB each show a model that stays; 1 MB is less than that and more than any noise.
    Path model = TestModels.heavyCells(directory.resolve("model.onnx"), MEGABYTE);
    cycle(model, 50);
    long memory = residentBytes();
    long threads = entries("/proc/self/task");
    long files = entries("/proc/self/fd");

    cycle(model, CYCLES);

    assertThat(entries("/proc/self/task")).as("threads").isLessThanOrEqualTo(threads + 5);
    assertThat(entries("/proc/self/fd")).as("files").isLessThanOrEqualTo(files + 5);
    assertThat((residentBytes() - memory) / MEGABYTE).as("MB").isLessThan(CYCLES);
  }

  private static void cycle(Path model, int times) {
    for (int i = 0; i < times; i++) {
      try (Detector detector = TestModels.cells(model).threads(4).build()) {
        assertThat(detector.detect(BrightFrames.lit(3)).objects()).hasSize(3);
      }
    }
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }

  private static long entries(String directory) throws IOException {
    try (Stream<Path> list = Files.list(Path.of(directory))) {
      return list.count();
    }
  }
}
