package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.FrameReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The motion sampler's decisions against those of the same rules computed with OpenCV on every
 * pixel. Prints a line for each video.
 */
class ReferenceMotionTest {
  private static final double THRESHOLD = 0.02;

  /** What a sampler says of each frame of a video. */
  private record Decisions(double[] scores, List<Integer> kept) {}

  @TestFactory
  Stream<DynamicTest> motion_ofEachVideo_decidesAsTheReference() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.root().resolve("reference/motion"))) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file)));
    }
  }

  private static void check(Path file) {
    String json = read(file);
    Decisions reference = new Decisions(numbers(json, "scores"), kept(json));
    String name = String.valueOf(file.getFileName()).replace(".json", "");
    Decisions ours = decide(SharedData.video(name));

    int frames = reference.scores().length;
    assertThat(ours.scores()).hasSize(frames);
    double agreement = agreement(reference.scores(), ours.scores());
    double correlation = correlation(reference.scores(), ours.scores());
    int matched = matched(reference.kept(), ours.kept());
    int extra = ours.kept().size() - matched;
    System.out.printf(
        Locale.ROOT,
        "motion %-40s %4d frames, decisions alike %.4f, correlation %.5f, kept %d, matched %d,"
            + " extra %d%n",
        name,
        frames,
        agreement,
        correlation,
        reference.kept().size(),
        matched,
        extra);

    assertThat(agreement).as("frames decided alike").isGreaterThanOrEqualTo(0.98);
    if (Arrays.stream(reference.scores()).anyMatch(score -> score > 0)) {
      assertThat(correlation).as("correlation of scores").isGreaterThanOrEqualTo(0.98);
    }
    assertThat(matched)
        .as("kept by the reference and found")
        .isGreaterThanOrEqualTo((int) Math.ceil(0.95 * reference.kept().size()));
    assertThat(extra)
        .as("kept beyond the reference")
        .isLessThanOrEqualTo((int) Math.floor(0.05 * reference.kept().size()));
  }

  private static Decisions decide(Path video) {
    FrameSampler sampler = FrameSampler.motion();
    List<Double> scores = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      boolean more = true;
      while (more) {
        more =
            reader.tryAdvance(
                frame -> {
                  SamplingDecision decision = sampler.decide(frame);
                  if (decision.keep()) {
                    kept.add(scores.size());
                  }
                  scores.add(decision.score().orElse(0));
                });
      }
    }
    return new Decisions(scores.stream().mapToDouble(Double::doubleValue).toArray(), kept);
  }

  private static double agreement(double[] expected, double[] actual) {
    int alike = 0;
    for (int i = 0; i < expected.length; i++) {
      alike += expected[i] > THRESHOLD == actual[i] > THRESHOLD ? 1 : 0;
    }
    return (double) alike / expected.length;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Each of ours stands for one of the reference's at most. */
  private static int matched(List<Integer> reference, List<Integer> ours) {
    Set<Integer> free = new HashSet<>(ours);
    int matched = 0;
    for (int frame : reference) {
      for (int distance : new int[] {0, -1, 1, -2, 2}) {
        if (free.remove(frame + distance)) {
          matched++;
          break;
        }
      }
    }
    return matched;
  }

  private static List<Integer> kept(String json) {
    return Arrays.stream(numbers(json, "kept")).mapToObj(value -> (int) value).toList();
  }

  private static double[] numbers(String json, String key) {
    Matcher list = Pattern.compile("\"" + key + "\":\\s*\\[([^\\]]*)\\]").matcher(json);
    if (!list.find()) {
      throw new IllegalArgumentException("no " + key);
    }
    return Arrays.stream(list.group(1).split(","))
        .map(String::strip)
        .filter(number -> !number.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
