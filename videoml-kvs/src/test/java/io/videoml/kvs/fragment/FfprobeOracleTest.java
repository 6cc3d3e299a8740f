package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** FFmpeg's demuxer, which knows nothing of fragments, counts the same frames. */
@Timeout(60)
class FfprobeOracleTest {

  @Test
  void feed_kvssink_framesHaveSizesAndTimesOfFfprobesPackets() throws Exception {
    List<String> packets =
        lines(
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "packet=stream_index,pts,size",
            "-of",
            "csv=p=0",
            Capture.KVSSINK.path().toString());

    Recorder found = Recorder.read(Capture.KVSSINK.bytes(), 16 << 10);

    assertThat(found.frames)
        .extracting(
            frame ->
                "%d,%d,%d"
                    .formatted(frame.track() - 1, frame.timecodeNanos() / 1_000_000, frame.size()))
        .isEqualTo(packets);
  }

  private static List<String> lines(String... command) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      assumeTrue(false, "needs ffprobe: " + e.getMessage());
      return List.of();
    }
    try (InputStream out = process.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return output.lines().map(line -> line.replaceFirst(",$", "")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
