package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.Place.Shown;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.source.SourceException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  private static final FragmentNumber NUMBER =
      new FragmentNumber("91343852333181432392682062607743920146264323127");

  @Test
  void position_ofTheLongestNumbers_isShortAndComesBack() {
    FragmentNumber longest = new FragmentNumber("9".repeat(128));
    Place place =
        new Place(
            KvsStart.after(longest), longest, Optional.of(new Shown(20_000_000_000L, 100_000)));

    ResumePosition position = place.position();

    assertThat(position.token().length()).isLessThanOrEqualTo(170);
    assertThat(Place.of(position, "test")).isEqualTo(place);
  }

  @Test
  void position_ofAllShapes_comesBack() {
    Place zeros = Place.after(new FragmentNumber("000"));
    Place timed =
        new Place(
            KvsStart.serverTime(Instant.ofEpochMilli(1_700_000_000_123L)),
            NUMBER,
            Optional.of(new Shown(-40_000_000, 0)));

    assertThat(Place.of(zeros.position(), "test")).isEqualTo(zeros);
    assertThat(Place.of(timed.position(), "test")).isEqualTo(timed);
    assertThat(timed.position().token().length()).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kvs/1;",
        "kvs/1;AA",
        "kvs/1;****",
        "kvs/2;AfA",
        "kvs/1;@zz;AfA",
        "kvs/1;AfA;AfA;1",
        "kvs/1;AfA;1;1",
        "kvs/1;@zzzzzzzzzzzzz;BfA;1;1",
        "kvs/1;A;A;1;1",
        "ffmpeg/1;1;1;1;1"
      })
  void of_whatIsNone_throwsNamingIt(String token) {
    assertThatThrownBy(() -> Place.of(new ResumePosition(token), "kvs://dock-3"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(token);
  }

  @Test
  void covers_framesUpToTheShown_byTimeAndThenByStorage() {
    Place place =
        new Place(KvsStart.after(NUMBER), new FragmentNumber("7"), Optional.of(new Shown(80, 3)));

    assertThat(place.covers(new FragmentNumber("6"), new Shown(999, 9))).isTrue();
    assertThat(place.covers(new FragmentNumber("7"), new Shown(40, 5))).isTrue();
    assertThat(place.covers(new FragmentNumber("7"), new Shown(80, 3))).isTrue();
    assertThat(place.covers(new FragmentNumber("7"), new Shown(80, 4))).isFalse();
    assertThat(place.covers(new FragmentNumber("7"), new Shown(120, 1))).isFalse();
    assertThat(place.covers(new FragmentNumber("8"), new Shown(0, 0))).isFalse();
  }
}
