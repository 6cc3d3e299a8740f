package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new FakePace(1));

  @Test
  void end_sessionsOfOneFragmentEach_neverMoreThanFiveASecond() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Duration.ofNanos(backoff.end(/* brought= */ true)))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }
  }

  @Test
  void end_sessionsThatBringNothing_atMostTwoSeconds() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Duration.ofNanos(backoff.end(/* brought= */ false)))
          .isBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
    }
  }
}
