package io.videoml.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectTracksTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Look look(int tenths, Detection... objects) {
    return new Look(Duration.ofMillis(100L * tenths).toNanos(), List.of(objects));
  }

  private static Detection at(int classId, float x) {
    return new Detection(classId, "thing", 0.9f, new Box(x, 0, x + 10, 10));
  }

  @Test
  void foundWithin_walkerSeenOnce_countsForASecondAround() {
    List<Look> every = IntStream.rangeClosed(0, 40).mapToObj(i -> look(i, at(0, 2 * i))).toList();

    ObjectTracks objects = new ObjectTracks(every);

    // It has moved on by two widths when the second is over, and is still the same.
    assertThat(objects.sightings()).isEqualTo(41);
    assertThat(objects.foundWithin(SECOND, List.of(every.get(20)))).isEqualTo(21 / 41.0);
  }

  @Test
  void foundWithin_anotherObjectSeen_doesNotCount() {
    List<Look> every =
        IntStream.rangeClosed(0, 9).mapToObj(i -> look(i, at(0, 0), at(0, 100))).toList();

    ObjectTracks objects = new ObjectTracks(every);

    assertThat(objects.foundWithin(SECOND, List.of(look(5, at(0, 100))))).isEqualTo(0.5);
    assertThat(objects.foundWithin(SECOND, List.of(look(5, at(1, 0))))).isZero();
  }

  @Test
  void foundWithin_returnsAfterHalfASecond_isAnotherObject() {
    List<Look> every = List.of(look(0, at(0, 0)), look(5, at(0, 0)), look(11, at(0, 0)));

    assertThat(new ObjectTracks(every).foundWithin(SECOND, List.of(every.get(2))))
        .isEqualTo(1 / 3.0, within(1e-9));
  }

  @Test
  void foundWithin_twoEqualDetections_areTwoObjects() {
    List<Look> every = List.of(look(0, at(0, 0), at(0, 0)), look(1, at(0, 0), at(0, 0)));

    assertThat(new ObjectTracks(every).sightings()).isEqualTo(4);
  }

  @Test
  void foundWithin_nothingToFind_isAll() {
    assertThat(new ObjectTracks(List.of(look(0))).foundWithin(SECOND, List.of())).isEqualTo(1);
  }
}
