package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.FrameReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scene sampler's cuts against those that people saw. Prints a line for each video. */
class ReferenceScenesTest {
  private static final Pattern CUTS =
      Pattern.compile("\"videos/([^\"]+)\":\\s*\\{\\s*\"hard_cuts\":\\s*\\[([^\\]]*)\\]");
  private static final Pattern NONE = Pattern.compile("\"none\":\\s*\\[(.*)\\]", Pattern.DOTALL);
  private static final Pattern VIDEO = Pattern.compile("\"videos/([^\" ]+)");

  @Test
  void sceneChange_allVideos_findsTheCutsAndFewOthers() throws IOException {
    int found = 0;
    int missed = 0;
    int wrong = 0;
    for (Map.Entry<String, List<Integer>> video : videos().entrySet()) {
      List<Integer> expected = video.getValue();
      List<Integer> cuts = cuts(SharedData.video(video.getKey()));
      int hits = (int) expected.stream().filter(cut -> near(cut, cuts)).count();
      System.out.printf(
          Locale.ROOT, "scenes %-40s expected %s, found %s%n", video.getKey(), expected, cuts);
      found += hits;
      missed += expected.size() - hits;
      wrong += cuts.size() - hits;
      if (expected.isEmpty()) {
        assertThat(cuts).as("cuts in %s", video.getKey()).isEmpty();
      }
    }
    double f1 = 2.0 * found / (2 * found + missed + wrong);
    System.out.printf(
        Locale.ROOT, "scenes F1 %.3f: found %d, missed %d, wrong %d%n", f1, found, missed, wrong);

    assertThat(found + missed).as("cuts in the reference").isPositive();
    assertThat(f1).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void sceneChange_fadeInFromBlack_isOneFade() {
    Path video = SharedData.video("big_buck_bunny_0_30_vp8.webm");

    assertThat(kept(video, "fade")).hasSize(1).allMatch(frame -> frame < 60);
  }

  private static boolean near(int cut, List<Integer> cuts) {
    return cuts.stream().anyMatch(other -> Math.abs(other - cut) <= 1);
  }

  private static List<Integer> cuts(Path video) {
    return kept(video, "cut");
  }

  private static List<Integer> kept(Path video, String reason) {
    FrameSampler sampler = FrameSampler.sceneChange();
    List<Integer> kept = new ArrayList<>();
    int[] frames = {0};
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      boolean more = true;
      while (more) {
        more =
            reader.tryAdvance(
                frame -> {
                  SamplingDecision decision = sampler.decide(frame);
                  if (decision.keep() && decision.reason().equals(reason)) {
                    kept.add(frames[0]);
                  }
                  frames[0]++;
                });
      }
    }
    return kept;
  }

  /** Returns the cuts of each video; none of those in which there are none. */
  private static Map<String, List<Integer>> videos() throws IOException {
    String json = Files.readString(SharedData.root().resolve("reference/scene_cuts.json"));
    Map<String, List<Integer>> videos = new LinkedHashMap<>();
    Matcher listed = CUTS.matcher(json);
    while (listed.find()) {
      videos.put(
          listed.group(1),
          Arrays.stream(listed.group(2).split(","))
              .map(number -> Integer.valueOf(number.strip()))
              .toList());
    }
    Matcher none = NONE.matcher(json);
    assertThat(none.find()).isTrue();
    Matcher still = VIDEO.matcher(none.group(1));
    while (still.find()) {
      videos.put(still.group(1), List.of());
    }
    return videos;
  }
}
