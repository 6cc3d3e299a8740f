package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
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
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Frames and their spacing, in nanoseconds; 0 for an uneven one. */
  @ParameterizedTest
  @CsvSource({
    "1, 40000000",
    "2, 33333333",
    "20, 33366667",
    "143, 20000000",
    "20, 133333333",
    "30, 8333333",
    "20, 66733333",
    "10, 30000000000",
    "41, 0"
  })
  void write_anyRate_everyFrameDecodesInFfprobe(int count, long spacing) {
    Path file = directory.resolve("a.mp4");
    long[] nanos = new long[count];
    try (AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file)) {
      for (int i = 0; i < count; i++) {
        nanos[i] = spacing > 0 ? i * spacing : i * 40_000_000L + i * i % 7 * 3_000_000L;
        try (OwnedFrame frame = at(i, Duration.ofNanos(nanos[i]), 96, 64)) {
          writer.write(frame, List.of());
        }
      }
    }

    String[] times =
        Program.run(
                "ffprobe -v error -select_streams v -show_entries frame=pts_time -of csv=p=0 "
                    .concat(file.toString())
                    .split(" "))
            .replace(",", "")
            .strip()
            .split("\\R");

    assertThat(times).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(Double.parseDouble(times[i])).isCloseTo(nanos[i] / 1e9, within(20e-6));
    }
    assertThat(read(file)).hasSize(count);
  }

  @Test
  void close_fromWithinAWrite_isRefusedAndHarmless() {
    Path file = directory.resolve("a.mp4");
    AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(file);
    writer.write(gray(0, 0, 160, 120), List.of());
    List<Detection> hostile =
        new AbstractList<>() {
          @Override
          public Detection get(int index) {
            writer.close();
            return PERSON.get(0);
          }

          @Override
          public int size() {
            return 1;
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> writer.write(gray(1, 40, 160, 120), hostile))
        .withMessageContaining("being written");
    writer.close();

    assertThat(read(file)).hasSize(1);
  }

  @Test
  void close_fromAnotherThread_waitsForTheWrite() throws Exception {
    for (int round = 0; round < 20; round++) {
      AnnotatedVideoWriter writer = AnnotatedVideoWriter.mp4(directory.resolve("a.mp4"));
      CountDownLatch started = new CountDownLatch(1);
      Thread closer =
          new Thread(
              () -> {
                try {
                  started.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                writer.close();
              });
      closer.start();
      assertThatIllegalStateException()
          .isThrownBy(
              () -> {
                for (int i = 0; ; i++) {
                  writer.write(gray(i, 40L * i, 160, 120), PERSON);
                  started.countDown();
                }
              });
      closer.join();
    }
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
    assertThat(
            javax.imageio.ImageIO.read(directory.resolve("out/000007_00h00m01.200s.jpg").toFile()))
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

  private static OwnedFrame at(long index, Duration pts, int width, int height) {
    byte[] pixels = new byte[width * height * 3 / 2];
    Arrays.fill(pixels, (byte) (index * 5));
    FrameTime time = FrameTime.arrivingNow(pts);
    return Frame.of(FrameInfo.of(index, width, height, PixelFormat.I420, time), pixels);
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
