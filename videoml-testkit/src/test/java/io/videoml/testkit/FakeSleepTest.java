package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SleepStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fake source that sleeps until something moves: key frames are 0, 12, 24, 36 and 48. */
class FakeSleepTest {
  private final FakeFrameSource.Builder fake = FakeFrameSource.of("fake", TestClips.movingSquare());

  @Test
  void tryAdvance_toldWhatMoves_deliversItFromTheKeyFrameBefore() {
    List<Long> expected = new ArrayList<>(List.of(0L, 12L));
    for (long moving = 24; moving < 30; moving++) {
      expected.add(moving);
    }
    expected.addAll(List.of(36L, 48L));

    assertThat(read(fake.movingIn(26, 30).build(), DecodeDemand.MOVING)).isEqualTo(expected);
  }

  @Test
  void tryAdvance_notToldWhatMoves_deliversAll() {
    assertThat(read(fake.build(), DecodeDemand.MOVING)).hasSize(60);
    assertThat(read(fake.movingIn(26, 30).build(), DecodeDemand.ALL)).hasSize(60);
  }

  @Test
  void stream_ofASleeper_tellsItsState() {
    List<State> states = new ArrayList<>();
    try (FrameReader reader =
        fake.movingIn(26, 30).build().open(Optional.empty(), DecodeDemand.MOVING)) {
      while (reader.tryAdvance(frame -> states.add(reader.stream().sleep().state()))) {}
      reader.demand(DecodeDemand.ALL);

      assertThat(reader.stream().sleep().state()).isEqualTo(State.OFF);
    }

    assertThat(states)
        .containsExactly(
            State.ASLEEP,
            State.ASLEEP,
            State.AWAKE,
            State.AWAKE,
            State.AWAKE,
            State.AWAKE,
            State.AWAKE,
            State.AWAKE,
            State.ASLEEP,
            State.ASLEEP);
  }

  @Test
  void movingIn_endBeforeItsStart_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fake.movingIn(9, 8))
        .withMessageContaining("9 to 8");
  }

  private static List<Long> read(FrameSource source, DecodeDemand demand) {
    List<Long> indices = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), demand)) {
      while (reader.tryAdvance(frame -> indices.add(frame.info().index()))) {}
    }
    return indices;
  }
}
