package io.videoml.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class NonMaxSuppressionTest {
  private static List<Float> scores(Candidates boxes) {
    return IntStream.range(0, boxes.size()).mapToObj(boxes::score).toList();
  }

  /** Ten by ten boxes at these columns; neighbours 5 apart share 50 of 150, a third. */
  private static Candidates row(float... columnsAndScores) {
    Candidates boxes = new Candidates(0);
    for (int i = 0; i < columnsAndScores.length; i += 2) {
      float x = columnsAndScores[i];
      boxes.add(x, 0, x + 10, 10, columnsAndScores[i + 1], 0);
    }
    return boxes;
  }

  @Test
  void apply_overlapOrLimitOutOfRange_throwsNamingIt() {
    Candidates boxes = row(0, 0.5f);

    assertThatThrownBy(() -> NonMaxSuppression.apply(boxes, 45, false, 300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("45.0");
    assertThatThrownBy(() -> NonMaxSuppression.apply(boxes, 0.5f, false, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void apply_overlapAboveTheThreshold_keepsTheBetter() {
    Candidates boxes = row(0, 0.5f, 5, 0.9f);

    NonMaxSuppression.apply(boxes, 0.33f, false, 300);

    assertThat(scores(boxes)).containsExactly(0.9f);
    assertThat(boxes.x1(0)).isEqualTo(5);
  }

  @Test
  void apply_overlapOfExactlyTheThreshold_keepsBoth() {
    Candidates boxes = new Candidates(0);
    boxes.add(0, 0, 4, 1, 0.9f, 0); // shares 2 of 4 with the other
    boxes.add(0, 0, 2, 1, 0.8f, 0);

    NonMaxSuppression.apply(boxes, 0.5f, false, 300);

    assertThat(scores(boxes)).containsExactly(0.9f, 0.8f);
  }

  @Test
  void apply_suppressedBox_suppressesNothing() {
    Candidates boxes = row(0, 0.9f, 5, 0.8f, 10, 0.7f);

    NonMaxSuppression.apply(boxes, 0.3f, false, 300);

    assertThat(scores(boxes)).containsExactly(0.9f, 0.7f);
  }

  @Test
  void apply_otherClass_isSuppressedOnlyAcrossClasses() {
    for (boolean acrossClasses : new boolean[] {false, true}) {
      Candidates boxes = new Candidates(0);
      boxes.add(0, 0, 10, 10, 0.9f, 0);
      boxes.add(0, 0, 10, 10, 0.8f, 1);

      NonMaxSuppression.apply(boxes, 0.5f, acrossClasses, 300);

      assertThat(boxes.size()).isEqualTo(acrossClasses ? 1 : 2);
    }
  }

  @Test
  void apply_equalScores_keepsTheFirstAdded() {
    Candidates boxes = row(5, 0.5f, 0, 0.5f, 100, 0.5f);

    NonMaxSuppression.apply(boxes, 0.3f, false, 300);

    assertThat(boxes.x1(0)).isEqualTo(5);
    assertThat(boxes.x1(1)).isEqualTo(100);
  }

  @Test
  void apply_moreThanTheLimit_keepsTheBest() {
    Candidates boxes = row(0, 0.1f, 100, 0.3f, 200, 0.2f);

    NonMaxSuppression.apply(boxes, 0.5f, false, 2);

    assertThat(scores(boxes)).containsExactly(0.3f, 0.2f);
  }

  @Test
  void apply_thresholdOne_onlySorts() {
    Candidates boxes = row(0, 0.1f, 0, 0.3f, 0, 0.2f);

    NonMaxSuppression.apply(boxes, 1, false, 300);

    assertThat(scores(boxes)).containsExactly(0.3f, 0.2f, 0.1f);
  }

  @Test
  void apply_nothing_leavesNothing() {
    Candidates boxes = new Candidates(0.5f);

    NonMaxSuppression.apply(boxes, 0.5f, false, 300);

    assertThat(boxes.size()).isZero();
  }

  @Property(tries = 200)
  void apply_anyBoxes_isWhatTheDefinitionGives(
      @ForAll long seed, @ForAll @FloatRange(min = 0, max = 0.99f) float iou) {
    Random random = new Random(seed);
    Candidates boxes = new Candidates(0);
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      float x = random.nextInt(60);
      float y = random.nextInt(60);
      // Few different scores, so that many are equal.
      float[] box = {
        x, y, x + random.nextInt(30), y + random.nextInt(30), random.nextInt(8) / 8f, i % 3
      };
      all.add(box);
      boxes.add(box[0], box[1], box[2], box[3], box[4], (int) box[5]);
    }

    NonMaxSuppression.apply(boxes, iou, false, 300);

    List<float[]> expected = new ArrayList<>();
    List<float[]> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(box -> -box[4])); // stable
    for (float[] box : sorted) {
      if (expected.stream().noneMatch(kept -> kept[5] == box[5] && iou(kept, box) > iou)) {
        expected.add(box);
      }
    }
    assertThat(boxes.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      float[] kept = {boxes.x1(i), boxes.y1(i), boxes.x2(i), boxes.y2(i), boxes.score(i)};
      assertThat(kept).containsExactly(java.util.Arrays.copyOf(expected.get(i), 5));
    }
  }

  private static float iou(float[] a, float[] b) {
    float width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
    float height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
    float shared = width * height;
    float joint = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared;
    return shared == 0 ? 0 : shared / joint;
  }

  @Test
  void add_belowThresholdOrBroken_isLeftOut() {
    Candidates boxes = new Candidates(0.5f);

    boxes.add(0, 0, 1, 1, 0.49f, 0);
    boxes.add(0, 0, 1, 1, Float.NaN, 0);
    boxes.add(0, 0, 1, 1, Float.POSITIVE_INFINITY, 0);
    boxes.add(Float.NaN, 0, 1, 1, 0.9f, 0);
    boxes.add(0, 0, Float.POSITIVE_INFINITY, 1, 0.9f, 0);
    boxes.add(Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, 1, 0.9f, 0);
    boxes.add(0, 0, 1, 1, 0.9f, -1);
    boxes.add(0, 0, 1, 1, 0.5f, 0);

    assertThat(scores(boxes)).containsExactly(0.5f);
  }

  @Test
  void add_manyMoreThanTheStart_keepsAll() {
    Candidates boxes = new Candidates(0);
    for (int i = 0; i < 1000; i++) {
      boxes.addCentered(i, 2, 4, 2, i / 1000f, i);
    }

    assertThat(boxes.size()).isEqualTo(1000);
    assertThat(boxes.x1(999)).isEqualTo(997);
    assertThat(boxes.y2(0)).isEqualTo(3);
    assertThat(boxes.classId(500)).isEqualTo(500);
    boxes.clear();
    assertThat(boxes.size()).isZero();
  }

  @Test
  void newCandidates_negativeThreshold_throws() {
    assertThatThrownBy(() -> new Candidates(-0.1f)).hasMessageContaining("-0.1");
  }
}
