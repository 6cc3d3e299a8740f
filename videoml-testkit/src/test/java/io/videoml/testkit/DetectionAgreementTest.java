package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionAgreementTest {
  private final DetectionAgreement agreement = new DetectionAgreement(0.25f);

  private static Detection object(int classId, float confidence, float x) {
    return new Detection(classId, "any", confidence, new Box(x, 0, x + 100, 100));
  }

  @Test
  void add_sameObjectsSlightlyMoved_agrees() {
    agreement.add(
        "a",
        List.of(object(0, 0.9f, 0), object(1, 0.5f, 0)),
        List.of(object(1, 0.45f, 5), object(0, 0.85f, 2)));

    assertThat(agreement.found()).isEqualTo(1);
    assertThat(agreement.extra()).isZero();
    assertThat(agreement.toString()).startsWith("2 of 2").contains("least IoU 0.905");
  }

  @Test
  void add_otherClassFarAwayOrOtherConfidence_isLackedAndBesides() {
    agreement.add("a", List.of(object(0, 0.9f, 0)), List.of(object(1, 0.9f, 0)));
    agreement.add("b", List.of(object(0, 0.9f, 0)), List.of(object(0, 0.9f, 30)));
    agreement.add("c", List.of(object(0, 0.9f, 0)), List.of(object(0, 0.7f, 0)));

    assertThat(agreement.found()).isZero();
    assertThat(agreement.extra()).isEqualTo(1);
    assertThat(agreement.toString()).contains("a lacks").contains("c has besides");
  }

  @Test
  void add_objectsNearTheThreshold_mayBeThereOrNot() {
    agreement.add("a", List.of(object(0, 0.27f, 0)), List.of(object(1, 0.29f, 300)));

    assertThat(agreement.found()).isEqualTo(1);
    assertThat(agreement.extra()).isZero();
  }
}
