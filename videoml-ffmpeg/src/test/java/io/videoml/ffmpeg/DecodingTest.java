package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ImageToTensor;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.tensor.Fit;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"libopenh264", "mpeg4", "libvpx", "libvpx-vp9", "libsvtav1", "mjpeg"})
  void open_eachCodec_deliversEveryFrame(String encoder) {
    Path file =
        Clips.encode(CLIP.withSize(64, 64), directory.resolve("a.mkv"), encoder, /* bFrames= */ 0);

    assertThat(read(FfmpegSource.of(file)))
        .hasSize(60)
        .allMatch(frame -> frame.width() == 64 && !frame.corrupt());
  }

  @ParameterizedTest
  @EnumSource(
      value = HardwareDecode.class,
      names = {"AUTO", "CUDA", "VAAPI"})
  void open_deviceThatMayBeMissing_decodesAnyway(HardwareDecode device) {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", 0);
    FfmpegSource source = FfmpegSource.builder(file).hardware(device).build();
    List<Optional<String>> used = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> used.add(reader.stream().hardware()))) {}
    }

    assertThat(used).hasSize(60);
    assertThat(used.get(0)).isIn(Optional.empty(), used.get(59));
  }

  @Test
  void read_sizeAndClockChange_goesOn() throws IOException {
    Path small = Clips.encode(CLIP, directory.resolve("a.ts"), "libopenh264", 0);
    Path large = Clips.encode(CLIP.withSize(128, 96), directory.resolve("b.ts"), "libopenh264", 0);
    Path both = directory.resolve("both.ts");
    Files.write(both, Files.readAllBytes(small));
    Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);

    List<FrameInfo> frames = read(FfmpegSource.of(both));

    assertThat(frames.size()).isGreaterThan(110);
    assertThat(frames.get(0).width()).isEqualTo(64);
    assertThat(frames.get(frames.size() - 1).width()).isEqualTo(128);
    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
    assertThat(frames).extracting(FrameInfo::index).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void read_datagrams_deliversFramesAsLive() throws IOException {
    byte[] ts = Files.readAllBytes(Clips.encode(CLIP, directory.resolve("a.ts"), "mpeg2video", 0));
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    FfmpegSource source = FfmpegSource.of("udp://127.0.0.1:" + port);
    AtomicBoolean enough = new AtomicBoolean();
    Thread sender = new Thread(() -> send(ts, port, enough), "sender");
    sender.setDaemon(true);
    sender.start();
    try (FrameReader reader = source.open()) {
      for (int i = 0; i < 30; i++) {
        reader.tryAdvance(
            frame -> {
              assertThat(frame.position()).isEmpty();
              assertThat(frame.info().time().capturedFrom()).isEqualTo(CaptureClock.ARRIVAL);
            });
      }
    } finally {
      enough.set(true);
    }
    assertThat(source.live()).isTrue();
  }

  /** Sends the stream over and over, a little at a time, as a camera would. */
  private static void send(byte[] stream, int port, AtomicBoolean enough) {
    try (DatagramSocket socket = new DatagramSocket()) {
      while (!enough.get()) {
        for (int at = 0; at < stream.length; at += 1316) {
          int length = Math.min(1316, stream.length - at);
          socket.send(
              new DatagramPacket(stream, at, length, InetAddress.getLoopbackAddress(), port));
          LockSupport.parkNanos(1_000_000);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void read_widenedAndThenTheClockGoesBack_goesOn() throws IOException {
    byte[] ts = Files.readAllBytes(Clips.encode(CLIP, directory.resolve("a.ts"), "mpeg4", 2));
    Path twice = directory.resolve("twice.ts");
    Files.write(twice, ts);
    Files.write(twice, ts, StandardOpenOption.APPEND);
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader =
        FfmpegSource.of(twice).open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      for (int i = 0; i < 3; i++) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }
      reader.demand(DecodeDemand.ALL);
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      assertThat(frames.size() + reader.notDemanded()).isBetween(118L, 120L);
    }

    assertThat(frames.size()).isGreaterThan(75);
    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
  }

  @Test
  void demand_widenedInOpenGroups_deliversNoDamagedFrame() throws IOException {
    Path video = SharedData.video("derived_cars_opengop.mp4");
    List<SharedData.Row> rows = SharedData.rows(video);
    List<FrameInfo> frames = new ArrayList<>();
    List<byte[]> luma = new ArrayList<>();
    try (FrameReader reader =
        FfmpegSource.of(video).open(Optional.empty(), DecodeDemand.KEY_FRAMES)) {
      for (int i = 0; i < 3; i++) {
        reader.tryAdvance(frame -> frames.add(frame.info()));
      }
      reader.demand(DecodeDemand.ALL);
      while (reader.tryAdvance(
          frame -> {
            frames.add(frame.info());
            luma.add(firstRows(frame));
          })) {}

      assertThat(reader.notDemanded()).isEqualTo(250 - frames.size());
    }

    assertThat(frames).noneMatch(FrameInfo::corrupt);
    for (FrameInfo frame : frames) {
      Duration expected = rows.get((int) frame.index()).pts();
      assertThat(frame.time().pts()).isCloseTo(expected, Duration.ofNanos(2000));
    }
    List<byte[]> all = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      while (reader.tryAdvance(frame -> all.add(firstRows(frame)))) {}
    }
    assertThat(luma).hasSizeGreaterThan(100);
    for (int i = 0; i < luma.size(); i++) {
      assertThat(luma.get(i)).isEqualTo(all.get((int) frames.get(3 + i).index()));
    }
  }

  @Test
  void demand_referenceFrames_haveTheirTruePositions() throws IOException {
    Path video = SharedData.video("derived_cars_opengop.mp4");
    List<SharedData.Row> rows = SharedData.rows(video);
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader =
        FfmpegSource.of(video).open(Optional.empty(), DecodeDemand.REFERENCE_FRAMES)) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}

      assertThat(reader.notDemanded()).isEqualTo(250 - frames.size()).isGreaterThan(50);
    }

    for (FrameInfo frame : frames) {
      Duration expected = rows.get((int) frame.index()).pts();
      assertThat(frame.time().pts()).isCloseTo(expected, Duration.ofNanos(2000));
    }
  }

  @Test
  void frames_ofARotatedVideo_standUpright() {
    FrameSource source = FfmpegSource.of(SharedData.video("rotate_video_90.mov"));
    List<Integer> corners = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      assertThat(reader.stream().width()).isEqualTo(320);
      reader.tryAdvance(
          frame -> {
            assertThat(frame.info().height()).isEqualTo(568);
            ByteBuffer luma = frame.plane(0).data();
            int stride = frame.plane(0).rowStride();
            corners.add(luma.get(0) & 0xff);
            corners.add(luma.get(319) & 0xff);
            corners.add(luma.get(567 * stride) & 0xff);
            corners.add(luma.get(567 * stride + 319) & 0xff);
          });
    }

    // As ffmpeg 5.1 puts out, which turns by itself: -pix_fmt yuv420p -f rawvideo.
    assertThat(corners).containsExactly(127, 124, 85, 99);
  }

  @Test
  void writeTo_anyWidth_writesNothingBeyondTheInput() {
    Path file = Clips.encode(CLIP.withSize(100, 80), directory.resolve("a.mp4"), "mpeg4", 0);
    try (FrameReader reader = FfmpegSource.of(file).open()) {
      reader.tryAdvance(
          frame -> {
            for (int width = 1; width <= 70; width++) {
              assertConfined(frame, width);
            }
          });
    }
  }

  private static void assertConfined(Frame frame, int width) {
    ImageSpec spec = ImageSpec.letterboxed(width, 9).withFit(Fit.STRETCH, 0);
    int guard = 512;
    ByteBuffer memory =
        ByteBuffer.allocateDirect(spec.bytes() + guard).order(ByteOrder.nativeOrder());
    for (int i = 0; i < memory.capacity(); i++) {
      memory.put(i, (byte) 0x5a);
    }
    ImageTensor tensor = ImageTensor.over(spec, memory);
    ImageTensor portable = ImageTensor.allocate(spec);

    frame.writeTo(tensor);

    ImageToTensor.write(frame, portable);
    for (int i = spec.bytes(); i < memory.capacity(); i++) {
      assertThat(memory.get(i)).as("guard byte at width %d", width).isEqualTo((byte) 0x5a);
    }
    for (int i = 0; i < spec.elements(); i++) {
      float difference = memory.getFloat(4 * i) - portable.data().getFloat(4 * i);
      assertThat(Math.abs(difference)).as("width %d", width).isLessThan(1 / 255f);
    }
  }

  private static byte[] firstRows(Frame frame) {
    byte[] rows = new byte[frame.plane(0).rowStride() * 100];
    frame.plane(0).data().get(0, rows);
    return rows;
  }

  private static List<FrameInfo> read(FrameSource source) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
    return frames;
  }
}
