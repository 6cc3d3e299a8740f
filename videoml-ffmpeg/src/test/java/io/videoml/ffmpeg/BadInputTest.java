package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.frame.FrameInfo;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClips;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir static Path directory;
  private static Path mp4;
  private static Path ts;

  @BeforeAll
  static void encode() {
    mp4 = Clips.encode(TestClips.noise(), directory.resolve("a.mp4"), "libopenh264", 0);
    ts = Clips.encode(TestClips.noise(), directory.resolve("a.ts"), "libopenh264", 0);
  }

  @Test
  void open_missingFile_namesIt() {
    assertFails(Path.of("no-such.mp4"), Kind.NOT_FOUND, "no-such.mp4");
  }

  @Test
  void open_directory_saysSo() {
    assertFails(directory, Kind.CONFIGURATION, "directory");
  }

  @Test
  void open_emptyFile_saysSo() throws IOException {
    assertFails(Files.createFile(directory.resolve("empty.mp4")), Kind.CORRUPT, "empty");
  }

  @Test
  void open_textNamedMp4_isNoVideo() throws IOException {
    Path text = Files.writeString(directory.resolve("text.mp4"), "Not a video.\n".repeat(500));

    assertFails(text, Kind.CORRUPT, "not a video");
  }

  @Test
  void open_audioOnly_saysSo() throws IOException {
    byte[] wav = new byte[44 + 16000];
    byte[] head = "RIFF\0\0\0\0WAVEfmt \20\0\0\0\1\0\1\0".getBytes();
    System.arraycopy(head, 0, wav, 0, head.length);
    byte[] rest = {0x40, 0x1f, 0, 0, (byte) 0x80, 0x3e, 0, 0, 2, 0, 16, 0, 'd', 'a', 't', 'a'};
    System.arraycopy(rest, 0, wav, 24, rest.length);
    wav[41] = 0x3e;
    Path file = Files.write(directory.resolve("sound.wav"), wav);

    assertFails(file, Kind.UNSUPPORTED, "no video stream");
  }

  @Test
  void read_fileCutInTheMiddle_deliversWhatIsThereAndThenSaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(Files.copy(moovFirst(), directory.resolve("whole.mp4")));
    Path cut =
        Files.write(directory.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 2 / 3));
    List<FrameInfo> frames = new ArrayList<>();

    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> readAll(FfmpegSource.of(cut), frames));

    assertThat(failure.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure).hasMessageContaining("cut off").hasMessageContaining("bytes");
    assertThat(frames).hasSizeBetween(20, 59);
    assertThat(frames.subList(0, 20)).noneMatch(FrameInfo::corrupt);
  }

  @Test
  void read_randomBytesInTheStream_flagsFramesUpToTheNextKeyFrame() throws IOException {
    byte[] bytes = Files.readAllBytes(ts);
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
    Path damaged = Files.write(directory.resolve("damaged.ts"), bytes);
    List<FrameInfo> frames = new ArrayList<>();

    readAll(FfmpegSource.of(damaged), frames);

    assertThat(frames.size()).isGreaterThan(50);
    assertThat(frames).anyMatch(FrameInfo::corrupt);
    assertThat(frames.get(0).corrupt()).isFalse();
    assertThat(frames.get(frames.size() - 1).corrupt()).isFalse();
  }

  @Test
  void open_portNobodyListensOn_isRefused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertFails("http://127.0.0.1:" + port + "/a.m3u8", Kind.REFUSED, "running");
    assertFails("rtsp://127.0.0.1:" + port + "/a", Kind.REFUSED, "running");
  }

  @Test
  void open_unknownHost_namesIt() {
    assertFails("rtsp://no-such-host.invalid/a", Kind.NETWORK, "no-such-host.invalid");
  }

  @Test
  void open_serverSaysNo_tellsHow() {
    try (Loopback server =
        Loopback.of(
            Map.of(
                "/locked", Loopback.Answer.status("401 Unauthorized"),
                "/forbidden", Loopback.Answer.status("403 Forbidden"),
                "/broken", Loopback.Answer.status("500 Internal Server Error")))) {
      assertFails(server.url("/missing"), Kind.NOT_FOUND, "no such stream");
      assertFails(server.url("/locked"), Kind.AUTHENTICATION, "credentials");
      assertFails(server.url("/forbidden"), Kind.AUTHENTICATION, "credentials");
      assertFails(server.url("/broken"), Kind.REFUSED, "5XX");
    }
  }

  @Test
  void open_serverThatSaysNothing_stalls() {
    try (Loopback server = Loopback.of("/a", Loopback.Answer.silence())) {
      for (String url : List.of(server.url("/a"), "rtsp://127.0.0.1:" + server.port() + "/a")) {
        FfmpegSource source = FfmpegSource.builder(url).readTimeout(Duration.ofMillis(300)).build();

        assertFails(source, Kind.STALLED, "nothing");
      }
    }
  }

  @Test
  void read_streamThatFallsSilent_stalls() throws IOException {
    try (Loopback server = Loopback.of("/a.ts", Loopback.Answer.endless(Files.readAllBytes(ts)))) {
      FfmpegSource source =
          FfmpegSource.builder(server.url("/a.ts")).readTimeout(Duration.ofMillis(500)).build();
      List<FrameInfo> frames = new ArrayList<>();

      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> readAll(source, frames));

      assertThat(failure.kind()).isEqualTo(Kind.STALLED);
      assertThat(frames).isNotEmpty();
    }
  }

  /**
   * Our writer puts the index last, as most do; a cut file then has none, so a copy has it first.
   */
  private static Path moovFirst() {
    return Clips.encode(
        TestClips.noise(), directory.resolve("first.mp4"), "libopenh264", 0, "movflags=faststart");
  }

  @Test
  void open_fileCutBeforeItsIndex_saysSo() throws IOException {
    byte[] whole = Files.readAllBytes(mp4);
    Path cut = Files.write(directory.resolve("noindex.mp4"), Arrays.copyOf(whole, 4000));

    assertFails(cut, Kind.CORRUPT, "cut off");
  }

  private static void assertFails(Path file, Kind kind, String text) {
    assertFails(FfmpegSource.of(file), kind, text);
  }

  private static void assertFails(String url, Kind kind, String text) {
    assertFails(FfmpegSource.of(url), kind, text);
  }

  private static void assertFails(FfmpegSource source, Kind kind, String text) {
    int before = NativeCount.live();
    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> source.open().close());

    assertThat(failure).as("opening %s", source).isNotNull().hasMessageContaining(text);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(NativeCount.live()).isEqualTo(before);
  }

  private static void readAll(FfmpegSource source, List<FrameInfo> frames) {
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    }
  }
}
