package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.source.FrameReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnotatedVideoWriterTest {
  private static final List<Detection> PERSON =
      List.of(new Detection(0, "person", 0.87f, new Box(40, 60, 100, 110)));

  @TempDir Path directory;

  @Test
  void write_unevenTimes_keepsThem() {
    long[] millis = {0, 40, 50, 500, 1540};
    Path file = directory.resolve("a.mp4");
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      for (int i = 0; i < millis.length; i++) {
        writer.write(gray(i, millis[i], 160, 120), List.of());
      }
    }

    assertThat(read(file))
        .extracting(frame -> frame.time().pts().toMillis())
        .containsExactly(0L, 40L, 50L, 500L, 1540L);
  }

  @Test
  void write_detection_drawsItsBoxAndLabel() {
    Path file = directory.resolve("a.mp4");
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      writer.write(gray(0, 0, 160, 120), PERSON);
    }

    List<byte[]> luma = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      reader.tryAdvance(frame -> luma.add(rows(frame)));
    }
    byte[] picture = luma.get(0);
    int inside = picture[85 * 160 + 70] & 0xff;
    int outside = picture[20 * 160 + 20] & 0xff;
    int leftEdge = picture[85 * 160 + 40] & 0xff;
    assertThat(inside).isBetween(124, 132);
    assertThat(outside).isBetween(124, 132);
    assertThat(leftEdge).isLessThan(118);
    IntStream letters = IntStream.range(54 * 160 + 40, 54 * 160 + 100).map(i -> picture[i] & 0xff);
    assertThat(letters).as("letters above the box").anyMatch(level -> level > 180);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void write_oddSizeOfAnyFormat_isRoundedUpToEven(PixelFormat format) {
    Path file = directory.resolve("odd.mp4");
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      writer.write(frame(format, 0, 0, 161, 121), PERSON);
    }

    assertThat(read(file))
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.width()).isEqualTo(162);
              assertThat(frame.height()).isEqualTo(122);
            });
  }

  @Test
  void write_sizeChanges_isFittedIntoTheFirst() {
    Path file = directory.resolve("a.mp4");
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      writer.write(gray(0, 0, 160, 120), List.of());
      writer.write(gray(1, 40, 90, 300), PERSON);
    }

    assertThat(read(file)).hasSize(2).allMatch(frame -> frame.width() == 160);
  }

  @Test
  void close_afterAFailedWrite_leavesAFileThatPlays() {
    Path file = directory.resolve("a.mp4");
    AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file);
    writer.write(gray(0, 0, 160, 120), List.of());
    writer.write(gray(1, 40, 160, 120), List.of());
    OwnedFrame closed = gray(2, 80, 160, 120);
    closed.close();

    assertThatIllegalStateException().isThrownBy(() -> writer.write(closed, List.of()));
    writer.close();

    assertThat(read(file)).hasSize(2);
    assertThatCode(writer::close).doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> writer.write(gray(3, 120, 160, 120), List.of()));
  }

  @Test
  void write_whereNothingCanBeCreated_throwsNamingTheFile() {
    Path file = directory.resolve("missing/a.mp4");
    int live = NativeCount.live();
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      assertThatThrownBy(() -> writer.write(gray(0, 0, 160, 120), List.of()))
          .isInstanceOfSatisfying(
              FfmpegException.class, e -> assertThat(e.target()).isEqualTo(file))
          .hasMessageContaining("cannot be created");
    }
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void write_diskFull_isOneException() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs Linux's /dev/full");
    assertThatThrownBy(
            () -> {
              try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(full)) {
                for (int i = 0; i < 200; i++) {
                  writer.write(gray(i, 40L * i, 160, 120), List.of());
                }
              }
            })
        .isInstanceOf(FfmpegException.class)
        .hasNoSuppressedExceptions();
  }

  @Test
  void jpegs_frames_areNamedByIndexAndTimeAndComplete() throws IOException {
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.jpegs(directory.resolve("out"), 3)) {
      writer.write(gray(7, 1200, 161, 121), PERSON);
      writer.write(gray(30, 3_723_004, 64, 64), PERSON);
    }

    try (Stream<Path> files = Files.list(directory.resolve("out"))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("000007_00h00m01.200s.jpg", "000030_01h02m03.004s.jpg");
    }
    assertThat(javax.imageio.ImageIO.read(directory.resolve("out/000007_00h00m01.200s.jpg").toFile()))
        .satisfies(image -> assertThat(image.getRGB(80, 20) & 0xff).isBetween(120, 140));
  }

  @Test
  void jpegs_whereAFileIsInTheWay_throwsNamingIt() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> AnnotatedVideoWriter.jpegs(file, 3))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining(file.toString());
  }

  private static OwnedFrame gray(long index, long millis, int width, int height) {
    return frame(PixelFormat.I420, index, millis, width, height);
  }

  private static OwnedFrame frame(
      PixelFormat format, long index, long millis, int width, int height) {
    int bytes = 0;
    for (int i = 0; i < format.planes(); i++) {
      bytes += format.rowBytes(i, width) * format.rows(i, height);
    }
    byte[] pixels = new byte[bytes];
    Arrays.fill(pixels, (byte) 128);
    FrameTime time = FrameTime.arrivingNow(Duration.ofMillis(millis));
    return Frame.of(FrameInfo.of(index, width, height, format, time), pixels);
  }

  private static List<FrameInfo> read(Path file) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
    return frames;
  }

  private static byte[] rows(Frame frame) {
    int width = frame.info().width();
    ByteBuffer rows = ByteBuffer.allocate(width * frame.info().height());
    for (int y = 0; y < frame.info().height(); y++) {
      rows.put(frame.plane(0).data().slice(y * frame.plane(0).rowStride(), width));
    }
    return rows.array();
  }
}
