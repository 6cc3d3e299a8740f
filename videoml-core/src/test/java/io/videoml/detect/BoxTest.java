package io.videoml.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxTest {
  private static final Box UNIT = new Box(0, 0, 10, 10);

  @Test
  void iou_halfShifted_isOneThird() {
    assertThat(UNIT.iou(new Box(5, 0, 15, 10))).isEqualTo(50f / 150);
  }

  @Test
  void iou_apartOrTouchingOrEmpty_isZero() {
    assertThat(UNIT.iou(new Box(20, 20, 30, 30))).isZero();
    assertThat(UNIT.iou(new Box(10, 0, 20, 10))).isZero();
    assertThat(new Box(1, 1, 1, 1).iou(new Box(1, 1, 1, 1))).isZero();
  }

  @Test
  void box_infiniteEdge_throwsNamingIt() {
    assertThatThrownBy(() -> new Box(0, 0, Float.POSITIVE_INFINITY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Infinity");
  }

  @Test
  void iou_itself_isOne() {
    assertThat(UNIT.iou(UNIT)).isOne();
  }

  @Test
  void area_anyBox_isWidthTimesHeight() {
    assertThat(new Box(1, 2, 4, 6).area()).isEqualTo(12);
  }

  @Test
  void box_edgesSwappedOrNotANumber_throwsNamingThem() {
    assertThatThrownBy(() -> new Box(5, 0, 4, 1)).hasMessageContaining("5.0,0.0,4.0,1.0");
    assertThatThrownBy(() -> new Box(0, Float.NaN, 1, 1)).hasMessageContaining("NaN");
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
  void detection_confidenceOutOfRange_throwsNamingIt(float confidence) {
    assertThatThrownBy(() -> new Detection(0, "person", confidence, UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Float.toString(confidence));
  }

  @Test
  void detection_negativeClass_throwsNamingIt() {
    assertThatThrownBy(() -> new Detection(-1, "person", 0.5f, UNIT)).hasMessageContaining("-1");
  }

  @Test
  void detections_listChangedAfterwards_keepWhatTheyWere() {
    List<Detection> objects = new ArrayList<>(List.of(new Detection(0, "person", 0.5f, UNIT)));
    Detections found = Detections.of(objects);

    objects.clear();

    assertThat(found.size()).isOne();
    assertThat(found).extracting(Detection::label).containsExactly("person");
  }

  @Test
  void filter_byConfidence_keepsOrderAndDurations() {
    Duration time = Duration.ofMillis(3);
    Detections found =
        new Detections(
            List.of(
                new Detection(0, "person", 0.9f, UNIT),
                new Detection(1, "dog", 0.6f, UNIT),
                new Detection(0, "person", 0.5f, UNIT)),
            time,
            time.plusMillis(1),
            time.plusMillis(2));

    Detections people = found.filter(detection -> detection.classId() == 0);

    assertThat(people).extracting(Detection::confidence).containsExactly(0.9f, 0.5f);
    assertThat(people.preprocess()).isEqualTo(time);
    assertThat(people.postprocess()).isEqualTo(Duration.ofMillis(5));
    assertThat(people.isEmpty()).isFalse();
  }
}
