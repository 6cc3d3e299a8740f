package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.testkit.DetectionScore.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionScoreTest {
  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box RIGHT = new Box(100, 0, 110, 10);

  @Test
  void of_hitMissAndLeftOver_countsEach() {
    DetectionScore score =
        DetectionScore.of(
            List.of(found(0, 0.9f, LEFT), found(0, 0.8f, new Box(50, 50, 60, 60))),
            List.of(wanted(0, LEFT), wanted(0, RIGHT)));

    assertThat(score).isEqualTo(new DetectionScore(1, 1, 1));
    assertThat(score.precision()).isEqualTo(0.5);
    assertThat(score.recall()).isEqualTo(0.5);
  }

  @Test
  void of_overlapOfExactlyHalf_matchesAndLessDoesNot() {
    // 10×10 against 10×5 inside it: 50 of 100. Against 10×4: 40 of 100.
    assertThat(score(found(0, 1, new Box(0, 0, 10, 5)), wanted(0, LEFT)).truePositives()).isOne();
    assertThat(score(found(0, 1, new Box(0, 0, 10, 4)), wanted(0, LEFT)).truePositives()).isZero();
  }

  @Test
  void of_anotherClass_doesNotMatch() {
    assertThat(score(found(1, 1, LEFT), wanted(0, LEFT))).isEqualTo(new DetectionScore(0, 1, 1));
  }

  @Test
  void of_twoDetectionsOfOneObject_countsTheSecondAsFalse() {
    DetectionScore score =
        DetectionScore.of(
            List.of(found(0, 0.6f, LEFT), found(0, 0.9f, LEFT)), List.of(wanted(0, LEFT)));

    assertThat(score).isEqualTo(new DetectionScore(1, 1, 0));
  }

  @Test
  void of_moreConfidentDetection_choosesFirst() {
    // The first fits both objects, the second only the left one: 8 of 10 columns, then 7.
    Truth left = wanted(0, LEFT);
    Truth shifted = wanted(0, new Box(2, 0, 12, 10));
    DetectionScore score =
        DetectionScore.of(
            List.of(found(0, 0.5f, LEFT), found(0, 0.9f, new Box(1.9f, 0, 11.9f, 10))),
            List.of(left, shifted));

    assertThat(score).isEqualTo(new DetectionScore(2, 0, 0));
  }

  @Test
  void of_ignoredObject_countsForNothingFoundOrNot() {
    Truth ignored = new Truth(0, LEFT, /* ignore= */ true);

    assertThat(score(found(0, 1, LEFT), ignored)).isEqualTo(DetectionScore.NONE);
    assertThat(DetectionScore.of(List.of(), List.of(ignored))).isEqualTo(DetectionScore.NONE);
    assertThat(
            DetectionScore.of(List.of(found(0, 1, LEFT), found(0, 0.9f, LEFT)), List.of(ignored)))
        .isEqualTo(DetectionScore.NONE);
  }

  @Test
  void plus_ofFrames_addsUp() {
    DetectionScore sum = new DetectionScore(3, 1, 0).plus(new DetectionScore(6, 0, 3));

    assertThat(sum.precision()).isEqualTo(0.9);
    assertThat(sum.recall()).isEqualTo(0.75);
  }

  @Test
  void precision_nothingFoundNothingThere_isPerfect() {
    assertThat(DetectionScore.NONE.precision()).isEqualTo(1);
    assertThat(DetectionScore.NONE.recall()).isEqualTo(1);
  }

  private static DetectionScore score(Detection detection, Truth truth) {
    return DetectionScore.of(List.of(detection), List.of(truth));
  }

  private static Detection found(int classId, float confidence, Box box) {
    return new Detection(classId, "x", confidence, box);
  }

  private static Truth wanted(int classId, Box box) {
    return new Truth(classId, box, /* ignore= */ false);
  }
}
