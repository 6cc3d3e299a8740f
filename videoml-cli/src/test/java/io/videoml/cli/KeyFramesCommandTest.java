package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.run.InstalledParts;
import io.videoml.testkit.DemoClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFramesCommandTest {
  private static final String CLIP = DemoClip.video().toString();

  @TempDir private Path directory;

  @Test
  void keyframes_list_isWhatTheDecoderSays() {
    List<JsonNode> decoded = keyFrames("sample", "--sampler", "keyframes").lines("frame");

    List<JsonNode> listed = keyFrames("keyframes", "--list").lines("keyframe");

    assertThat(listed).isNotEmpty().hasSameSizeAs(decoded);
    for (int i = 0; i < listed.size(); i++) {
      assertThat(listed.get(i).get("frame")).isEqualTo(decoded.get(i).get("frame"));
      assertThat(listed.get(i).get("pts")).isEqualTo(decoded.get(i).get("pts"));
    }
  }

  @Test
  void keyframes_out_writesAFileForEachLine() throws IOException {
    Cli.Result result = keyFrames("keyframes", "--out", directory.resolve("new").toString());

    assertThat(result.exitCode()).isZero();
    List<Path> named =
        result.lines("keyframe").stream().map(line -> Path.of(line.get("file").asText())).toList();
    try (Stream<Path> files = Files.list(directory.resolve("new"))) {
      assertThat(files.toList()).containsExactlyInAnyOrderElementsOf(named).isNotEmpty();
    }
    assertThat(result.summary().get("kept").asInt()).isEqualTo(named.size());
  }

  @Test
  void keyframes_lowerQuality_makesSmallerFiles() throws IOException {
    keyFrames("keyframes", "--out", directory.resolve("best").toString(), "--quality", "1");
    keyFrames("keyframes", "--out", directory.resolve("worst").toString(), "--quality", "31");

    assertThat(bytes(directory.resolve("worst"))).isLessThan(bytes(directory.resolve("best")) / 2);
  }

  @Test
  void keyframes_outIsAFile_fails() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    Cli.Result result = keyFrames("keyframes", "--out", file.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("videoml: error: cannot write [^\\n]+ \\([^\\n]+\\)\\n");
  }

  @Test
  void keyframes_neitherOutNorList_isWrongUsage() {
    assertThat(keyFrames("keyframes").exitCode()).isEqualTo(2);
    assertThat(keyFrames("keyframes", "--quality", "32", "--list").exitCode()).isEqualTo(2);
  }

  @Test
  void sample_annotateDirectory_writesAJpegForEachKeptFrame() throws IOException {
    Cli.Result result =
        keyFrames("sample", "--sampler", "every:50", "--annotate", directory.toString());

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .hasSize(result.lines("frame").size())
          .allMatch(file -> file.toString().endsWith(".jpg"));
    }
  }

  private static Cli.Result keyFrames(String command, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = command;
    arguments[1] = "--source";
    arguments[2] = CLIP;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Cli.run(new InstalledParts(), arguments);
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
