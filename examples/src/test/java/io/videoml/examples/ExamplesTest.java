package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example on the demo's clip and model. */
class ExamplesTest {
  @TempDir private Path directory;

  @Test
  void firstPipeline_printsDetectionsOfEveryFifthFrame() {
    List<String> lines = printed(() -> FirstPipeline.main(new String[0]));

    assertThat(lines).anyMatch(line -> line.contains("label=person"));
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo((lines.size() - 1) + " of " + (5 * (lines.size() - 1)) + " frames looked at");
  }

  @Test
  void customSampler_keepsAtMostTwoFramesASecond() {
    List<String> lines = printed(() -> CustomSampler.main(new String[0]));

    assertThat(lines).hasSizeGreaterThan(5).allMatch(line -> line.contains("keep "));
  }

  @Test
  void followUp_looksAtKeyFramesAndThenFollows() {
    List<String> lines = printed(() -> FollowUp.main(new String[0]));

    assertThat(lines.get(0)).startsWith("PT0S ");
    assertThat(lines.get(lines.size() - 1))
        .startsWith((lines.size() - 1) + " kept, dropped ")
        .contains("NOT_DEMANDED", "SAMPLED_OUT"); // slept first, then was awake
  }

  @Test
  void edgeToKinesis_sendsGroupsWithPeople() {
    List<String> lines = printed(() -> EdgeToKinesis.main(new String[0]));

    assertThat(lines.get(1)).contains("fragmentsDropped=0");
    assertThat(lines.get(2)).matches("fragments in the stream: [1-9][0-9]*");
  }

  @Test
  void manyFiles_readAllOfThem() {
    List<String> lines = printed(() -> ManyFiles.main(new String[0]));

    assertThat(lines).hasSize(3).allMatch(line -> line.contains("failed=0"));
  }

  @Test
  void watchCameras_tellsOfThemAndHowTheyDid() {
    List<String> lines =
        printed(
            () -> {
              try {
                WatchCameras.main(new String[0]);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(lines)
        .contains("clip-0: connected", "clip-1: connected", "clip-2: ended")
        .anyMatch(line -> line.startsWith("metrics and health at http://127.0.0.1:"));
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .allMatch(line -> line.startsWith("RunSummary[stream=clip-") && line.contains("failed=0"));
  }

  @Test
  void edgeCascade_sendsFewFramesAndTellsOfTheOthers() {
    List<String> lines = printed(() -> EdgeCascade.main(new String[0]));

    List<String> sent = lines.stream().filter(line -> line.startsWith("to the cloud")).toList();
    assertThat(sent).isNotEmpty().allMatch(line -> line.contains("label=person"));
    assertThat(lines.subList(sent.size(), lines.size()))
        .hasSize(6)
        .anyMatch(line -> line.startsWith("small") && line.contains("budget="))
        .anyMatch(line -> line.startsWith("cloud") && line.contains(" " + sent.size() + " out"));
  }

  @Test
  void keyFramesToJpeg_writesAFileForEachInTheList() throws IOException {
    List<String> lines = printed(() -> KeyFramesToJpeg.main(new String[] {directory.toString()}));

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .hasSize(lines.size() / 2)
          .isNotEmpty()
          .allMatch(file -> file.toString().endsWith(".jpg"));
    }
  }

  @Test
  void annotatedVideo_writesAVideo() {
    Path file = directory.resolve("out.mp4");

    printed(() -> AnnotatedVideo.main(new String[] {file.toString()}));

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void sources_allFitInEightyLines() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(80);
      }
    }
  }

  private static List<String> printed(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return captured.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
