package io.videoml.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchTest {
  private static final Detections SURE_PERSON = found("person", 0.9f);
  private static final Detections VAGUE_PERSON = found("person", 0.4f);
  private static final Detections CAR = found("car", 0.9f);

  @Test
  void anyOf_oneOfTheLabels_matches() {
    Match match = Match.anyOf("person", "dog");

    assertThat(match.matches(SURE_PERSON)).isTrue();
    assertThat(match.matches(CAR)).isFalse();
    assertThat(match.matches(Detections.NONE)).isFalse();
  }

  @Test
  void above_theVeryConfidence_doesNotMatch() {
    Match match = Match.anyOf("person").above(0.4f);

    assertThat(match.matches(SURE_PERSON)).isTrue();
    assertThat(match.matches(VAGUE_PERSON)).isFalse();
  }

  @Test
  void above_onACombination_looksAtSureObjectsOnly() {
    Match alone = Match.anyOf("car").and(Match.anyOf("person").not()).above(0.5f);
    Detections carAndVaguePerson = both(CAR, VAGUE_PERSON);

    assertThat(alone.matches(carAndVaguePerson)).isTrue();
    assertThat(alone.matches(both(CAR, SURE_PERSON))).isFalse();
  }

  @Test
  void atLeast_countsOnlyTheLabels() {
    Match match = Match.atLeast(2, "person");

    assertThat(match.matches(both(SURE_PERSON, VAGUE_PERSON))).isTrue();
    assertThat(match.matches(both(SURE_PERSON, CAR))).isFalse();
  }

  @Test
  void anything_matchesAnyObject() {
    assertThat(Match.anything().matches(CAR)).isTrue();
    assertThat(Match.anything().matches(Detections.NONE)).isFalse();
    assertThat(Match.anything().above(0.95f).matches(CAR)).isFalse();
  }

  @Test
  void or_aLambda_matchesWhereEitherDoes() {
    Match match = Match.anyOf("car").or(found -> found.size() == 2);

    assertThat(match.matches(CAR)).isTrue();
    assertThat(match.matches(both(SURE_PERSON, VAGUE_PERSON))).isTrue();
    assertThat(match.matches(SURE_PERSON)).isFalse();
  }

  @Test
  void factories_senseless_throwNamingTheValue() {
    assertThatThrownBy(Match::anyOf).hasMessageContaining("[]");
    assertThatThrownBy(() -> Match.atLeast(0, "person")).hasMessageContaining("0 of [person]");
    assertThatThrownBy(() -> Match.anything().above(1.5f)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> Match.anything().above(Float.NaN)).hasMessageContaining("NaN");
  }

  private static Detections found(String label, float confidence) {
    return Detections.of(List.of(new Detection(0, label, confidence, new Box(0, 0, 1, 1))));
  }

  private static Detections both(Detections one, Detections other) {
    return Detections.of(List.of(one.objects().get(0), other.objects().get(0)));
  }
}
