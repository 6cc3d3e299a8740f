package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.source.FrameReader;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds native memory, and that nobody does in the end. */
class NativeMemoryTest {
  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file =
        Clips.encode(
            TestClips.noise().withSize(320, 240),
            directory.resolve("a.mp4"),
            "libopenh264",
            /* bFrames= */ 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void close_afterReadingAndSharing_leavesNothing(int threads) {
    int live = NativeCount.live();
    int lent = PixelMemory.lent();
    List<OwnedFrame> shared = new ArrayList<>();
    ImageTensor tensor = ImageTensor.allocate(ImageSpec.letterboxed(64, 64));
    try (FrameReader reader = FfmpegSource.builder(file).threads(threads).build().open()) {
      for (int i = 0; i < 20; i++) {
        reader.tryAdvance(
            frame -> {
              shared.add(frame.share());
              frame.writeTo(tensor);
            });
      }
    }

    assertThat(PixelMemory.lent()).isEqualTo(lent + 20);
    shared.forEach(frame -> frame.writeTo(tensor));
    shared.forEach(OwnedFrame::close);
    assertThat(PixelMemory.lent()).isEqualTo(lent);
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void plane_keptPastItsTime_canStillBeReadWithoutACrash() {
    List<Plane> kept = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      for (int i = 0; i < 30; i++) {
        reader.tryAdvance(
            frame -> {
              frames.add(frame);
              kept.add(frame.plane(0));
              kept.add(frame.plane(2));
            });
      }
    }
    System.gc();

    long sum = 0;
    for (Plane plane : kept) {
      ByteBuffer data = plane.data();
      for (int i = 0; i < data.limit(); i++) {
        sum += data.get(i);
      }
    }
    assertThat(sum).isNotZero();
    frames.forEach(
        frame -> assertThatIllegalStateException().isThrownBy(() -> frame.plane(0)));
  }

  @Test
  void open_twoHundredTimes_leavesNoDescriptorAndNoMemory() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux's /proc");
    int live = NativeCount.live();
    for (int i = 0; i < 50; i++) {
      openAndReadAFew();
    }
    long descriptors = descriptors();
    long resident = residentKilobytes();
    for (int i = 0; i < 200; i++) {
      openAndReadAFew();
    }

    assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    assertThat(NativeCount.live()).isEqualTo(live);
    assertThat(PixelMemory.idleBytes()).isLessThanOrEqualTo(PixelMemory.MAX_IDLE_BYTES);
    // A decoder holds some 2 MB; were it not freed, there would be 400 more.
    assertThat(residentKilobytes() - resident).isLessThan(50_000);
  }

  private static void openAndReadAFew() {
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      for (int i = 0; i < 5; i++) {
        reader.tryAdvance(frame -> {});
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
