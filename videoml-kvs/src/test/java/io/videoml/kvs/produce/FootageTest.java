package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.kinesisvideo.parser.ebml.InputStreamParserByteSource;
import com.amazonaws.kinesisvideo.parser.ebml.MkvTypeInfos;
import com.amazonaws.kinesisvideo.parser.mkv.Frame;
import com.amazonaws.kinesisvideo.parser.mkv.MkvDataElement;
import com.amazonaws.kinesisvideo.parser.mkv.MkvElement;
import com.amazonaws.kinesisvideo.parser.mkv.StreamingMkvReader;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.fragment.FragmentHandler;
import io.videoml.kvs.fragment.FragmentLimits;
import io.videoml.kvs.fragment.FragmentReader;
import io.videoml.kvs.fragment.KvsFragment;
import io.videoml.kvs.fragment.KvsFrame;
import io.videoml.kvs.fragment.KvsTrack;
import io.videoml.packet.PacketReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written of real footage, others read: FFmpeg, Amazon's parser library, our reader. */
@Timeout(60)
class FootageTest {
  @TempDir static Path folder;
  private static Path videos = Path.of("");

  @BeforeAll
  static void find() throws Exception {
    String shared = System.getProperty("videoml.shared", "");
    videos = Path.of(shared, "data", "videos");
    assumeTrue(!shared.isEmpty() && Files.isDirectory(videos), "no videos at videoml.shared");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "no ffmpeg command");
    cut("car-detection.mp4", "avc.mp4");
    cut("derived_one-by-one_first20s.ts", "avc.ts");
    cut("bodypose_720p_hevc.mp4", "hevc.mp4");
    cut("bodypose_720p_hevc.mp4", "hevc.ts");
  }

  @ParameterizedTest
  @CsvSource({
    "avc.mp4, true, h264, 768, 432",
    "hevc.mp4, true, hevc, 1280, 720",
    "avc.ts, false, h264, 768, 432",
    "hevc.ts, false, hevc, 1280, 720"
  })
  void write_footage_isReadByAll(
      String name, boolean untouched, String codec, int width, int height) throws Exception {
    Path file = folder.resolve(name);
    List<byte[]> packets = new ArrayList<>();
    byte[] written = write(file, packets);
    Path mkv = folder.resolve(name + ".mkv");
    Files.write(mkv, written);

    assertThat(
            run(
                    "ffprobe",
                    "-v",
                    "error",
                    "-show_entries",
                    "stream=codec_name,width,height",
                    "-of",
                    "csv=p=0",
                    mkv.toString())
                .trim())
        .isEqualTo("%s,%d,%d".formatted(codec, width, height));
    assertThat(pictures(mkv)).isNotEmpty().isEqualTo(pictures(file));
    List<byte[]> frames = new ArrayList<>();
    List<KvsFragment> fragments = read(written, frames);
    List<byte[]> oracle = readByLibrary(written);
    assertThat(fragments).isNotEmpty();
    assertThat(fragments.get(0).video().map(KvsTrack::width)).contains(width);
    assertThat(fragments.get(0).video().orElseThrow().codecPrivate().get()).isEqualTo((byte) 1);
    assertThat(frames).hasSize(packets.size());
    assertThat(oracle).hasSize(packets.size());
    for (int i = 0; i < packets.size(); i++) {
      assertThat(frames.get(i)).isEqualTo(oracle.get(i));
      if (untouched) {
        assertThat(frames.get(i)).isEqualTo(packets.get(i));
      } else {
        assertThat(withLengths(frames.get(i))).as("lengths of frame %d", i).isTrue();
      }
    }
  }

  private static void cut(String from, String to) throws Exception {
    String source = videos.resolve(from).toString();
    String target = folder.resolve(to).toString();
    String unused =
        run(
            "ffmpeg", "-v", "error", "-i", source, "-map", "0:v:0", "-t", "5", "-c", "copy",
            target);
  }

  private static byte[] write(Path file, List<byte[]> packets) throws IOException {
    Simulation machinery = new Simulation(1, Simulation.settings(64 << 20), null);
    try (PacketReader reader = FfmpegSource.of(file).openPackets(Optional.empty())) {
      boolean more = true;
      while (more) {
        more =
            reader.tryAdvance(
                packet -> {
                  byte[] bytes = new byte[packet.data().remaining()];
                  packet.data().get(bytes);
                  packets.add(bytes);
                  machinery.assembler.put(packet.info(), packet.data());
                });
      }
    }
    machinery.assembler.end();
    assertThat(machinery.counters.framesSkipped.sum()).isZero();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Fragment each : machinery.store.pending()) {
      if (out.size() == 0) {
        out.writeBytes(each.header);
      }
      for (int i = 0; machinery.store.piece(each, i) != null; i++) {
        out.writeBytes(machinery.store.piece(each, i));
      }
    }
    return out.toByteArray();
  }

  private static List<KvsFragment> read(byte[] written, List<byte[]> frames) {
    List<KvsFragment> fragments = new ArrayList<>();
    FragmentReader reader =
        new FragmentReader(
            new FragmentHandler() {
              @Override
              public void onStart(KvsFragment fragment) {}

              @Override
              public void onFrame(KvsFrame frame) {
                byte[] bytes = new byte[frame.data().remaining()];
                frame.data().get(bytes);
                frames.add(bytes);
              }

              @Override
              public void onEnd(KvsFragment fragment) {
                fragments.add(fragment);
              }
            },
            FragmentLimits.defaults());
    reader.feed(ByteBuffer.wrap(written));
    reader.end();
    return fragments;
  }

  private static List<byte[]> readByLibrary(byte[] written) {
    List<byte[]> frames = new ArrayList<>();
    StreamingMkvReader reader =
        StreamingMkvReader.createDefault(
            new InputStreamParserByteSource(new ByteArrayInputStream(written)));
    while (reader.mightHaveNext()) {
      Optional<MkvElement> element = reader.nextIfAvailable();
      if (element.isPresent()
          && element.get() instanceof MkvDataElement data
          && data.getElementMetaData().getTypeInfo().equals(MkvTypeInfos.SIMPLEBLOCK)) {
        ByteBuffer frame = ((Frame) data.getValueCopy().getVal()).getFrameData();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(bytes);
      }
    }
    return frames;
  }

  private static boolean withLengths(byte[] frame) {
    ByteBuffer rest = ByteBuffer.wrap(frame);
    while (rest.remaining() > 4) {
      int length = rest.getInt();
      if (length < 1 || length > rest.remaining()) {
        return false;
      }
      rest.position(rest.position() + length);
    }
    return !rest.hasRemaining();
  }

  /** Returns a hash of every picture, decoded. */
  private static List<String> pictures(Path file) throws Exception {
    String hashes =
        run(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            file.toString(),
            "-map",
            "0:v:0",
            "-fps_mode",
            "passthrough",
            "-f",
            "framemd5",
            "-");
    return hashes
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
