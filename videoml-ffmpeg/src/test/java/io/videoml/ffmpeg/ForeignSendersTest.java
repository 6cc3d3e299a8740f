package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code ffmpeg} program sends or packs, over each protocol, on this machine. */
@Timeout(60)
class ForeignSendersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mpegts", "fmp4"})
  void read_hlsOverHttp_isWhole(String segments) throws IOException {
    Program.writeTestPicture(
        "-f",
        "hls",
        "-hls_time",
        "0.4",
        "-hls_list_size",
        "0",
        "-hls_segment_type",
        segments,
        directory.resolve("a.m3u8").toString());

    assertWhole("/a.m3u8");
  }

  @Test
  void read_dashOverHttp_isWhole() throws IOException {
    Program.writeTestPicture(
        "-f", "dash", "-seg_duration", "0.4", directory.resolve("a.mpd").toString());

    assertWhole("/a.mpd");
  }

  private void assertWhole(String path) throws IOException {
    try (Loopback server = Loopback.of(files())) {
      FfmpegSource source = FfmpegSource.of(server.url(path));
      List<FrameInfo> frames = read(source, DecodeDemand.ALL, 60);

      assertThat(frames).hasSize(50).noneMatch(FrameInfo::corrupt);
      for (int i = 0; i < 50; i++) {
        assertThat(frames.get(i).index()).isEqualTo(i);
        assertThat(frames.get(i).time().pts())
            .isCloseTo(Duration.ofMillis(40L * i), Duration.ofMillis(1));
      }
      assertThat(read(source, DecodeDemand.KEY_FRAMES, 60))
          .extracting(FrameInfo::index)
          .containsExactly(0L, 10L, 20L, 30L, 40L);
    }
  }

  private Map<String, Loopback.Answer> files() throws IOException {
    Map<String, Loopback.Answer> answers = new HashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        answers.put("/" + file.getFileName(), Loopback.Answer.body(Files.readAllBytes(file)));
      }
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpegts udp", "rtp_mpegts rtp"})
  void read_datagrams_areFramesInOrder(String formatAndScheme) throws IOException {
    String[] words = formatAndScheme.split(" ");
    String url = words[1] + "://127.0.0.1:" + freePort();
    try (Program sender = Program.sendTestPicture(words[0], url)) {
      assertLive(read(FfmpegSource.of(url), DecodeDemand.ALL, 40), sender);
    }
  }

  @Test
  void open_rtpThatNeedsADescription_saysWhatToDo() throws IOException {
    String url = "rtp://127.0.0.1:" + freePort();
    try (Program sender = Program.sendTestPicture("rtp", url)) {
      assertThatThrownBy(() -> FfmpegSource.of(url).open())
          .as(sender.printed())
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("MPEG-TS");
    }
  }

  @Test
  void read_srtListener_areFramesInOrder() throws IOException {
    String url = "srt://127.0.0.1:" + freePort();
    try (Program sender = Program.sendTestPicture("mpegts", url + "?mode=listener")) {
      assertLive(readOnceListening(FfmpegSource.of(url)), sender);
    }
  }

  private static List<FrameInfo> readOnceListening(FfmpegSource source) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(source, DecodeDemand.ALL, 40);
      } catch (SourceException e) {
        if (attempt == 10 || !e.kind().retryable()) {
          throw e;
        }
        LockSupport.parkNanos(200_000_000); // the program is not up yet
      }
    }
  }

  private static void assertLive(List<FrameInfo> frames, Program sender) {
    assertThat(frames).as(sender.printed()).hasSize(40);
    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
    Duration last = frames.get(39).time().pts();
    assertThat(last.minus(frames.get(20).time().pts()))
        .isCloseTo(Duration.ofMillis(19 * 40), Duration.ofMillis(1));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static List<FrameInfo> read(FfmpegSource source, DecodeDemand demand, int atMost) {
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), demand)) {
      boolean more = true;
      while (more && frames.size() < atMost) {
        more = reader.tryAdvance(frame -> frames.add(frame.info()));
      }
    }
    return frames;
  }
}
