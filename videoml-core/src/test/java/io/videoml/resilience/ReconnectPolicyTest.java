package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.videoml.resilience.ReconnectPolicy.Refused;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
  private static final Set<Kind> SLOW =
      EnumSet.of(Kind.AUTHENTICATION, Kind.NOT_FOUND, Kind.UNSUPPORTED);
  private static final Set<Kind> QUICK =
      EnumSet.of(Kind.REFUSED, Kind.NETWORK, Kind.STALLED, Kind.ENDED, Kind.CORRUPT);

  private final ReconnectPolicy policy = ReconnectPolicy.defaults();

  @Property
  void delay_isWithinZeroAndTheGrowingLimit(
      @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
    Duration limit = Duration.ofMillis(500L << Math.min(failures - 1, 6)); // 32 s is over the cap
    Duration capped = limit.compareTo(Duration.ofSeconds(30)) < 0 ? limit : Duration.ofSeconds(30);

    assertThat(policy.delay(Kind.NETWORK, failures, new Random(seed)))
        .isBetween(Duration.ZERO, capped);
  }

  @Test
  void delay_ofManyStreams_isSpreadEvenlyOverTheWholeRange() {
    Random random = new Random(7);
    double[] seconds =
        DoubleStream.generate(() -> policy.delay(Kind.NETWORK, 3, random).toNanos() / 1e9)
            .limit(20_000)
            .sorted()
            .toArray();

    assertThat(DoubleStream.of(seconds).average().orElseThrow()).isCloseTo(1, within(0.02));
    for (int tenth = 1; tenth < 10; tenth++) { // full jitter of 2 s: each tenth is 0.2 s
      assertThat(seconds[tenth * 2000]).isCloseTo(tenth * 0.2, within(0.03));
    }
  }

  @Test
  void delay_afterAYearOfFailures_isStillCapped() {
    ReconnectPolicy steep =
        policy.backoff(Duration.ofDays(1), 10, Duration.ofDays(1)).maxAttempts(Integer.MAX_VALUE);

    assertThat(policy.delay(Kind.NETWORK, Integer.MAX_VALUE, new Random(1)))
        .isBetween(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(steep.delay(Kind.NETWORK, Integer.MAX_VALUE, new Random(1)))
        .isBetween(Duration.ZERO, Duration.ofDays(1));
  }

  @Test
  void delay_factorOne_doesNotGrow() {
    ReconnectPolicy steady = policy.backoff(Duration.ofMillis(8), 1, Duration.ofSeconds(1));

    for (int failures : new int[] {1, 2, 50}) {
      assertThat(steady.delay(Kind.ENDED, failures, new Random(failures)))
          .isLessThanOrEqualTo(Duration.ofMillis(8));
    }
  }

  @Property
  void delay_ofWhatSomebodyMustPutRight_isSlowFromTheFirstTime(
      @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
    for (Kind kind : SLOW) {
      assertThat(policy.delay(kind, failures, new Random(seed)))
          .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75));
    }
  }

  @Test
  void delay_badCredentialsForAnHour_isFarFromHammering() {
    Random random = new Random(3);
    Duration passed = Duration.ZERO;
    int attempts = 1;
    while (passed.compareTo(Duration.ofHours(1)) < 0) {
      passed = passed.plus(policy.delay(Kind.AUTHENTICATION, attempts++, random));
    }

    assertThat(attempts).isBetween(48, 82); // at most 5 a minute would be 300
  }

  @Test
  void givesUp_byDefault_onNothingButWhatIsHopeless() {
    for (Kind kind : Kind.values()) {
      boolean hopeless = kind == Kind.CONFIGURATION || kind == Kind.CLOSED;
      assertThat(policy.givesUp(kind, 1_000_000, false)).as("%s", kind).isEqualTo(hopeless);
    }
  }

  @Test
  void givesUp_never_atOnce() {
    for (Kind kind : Kind.values()) {
      assertThat(ReconnectPolicy.never().givesUp(kind, 1, true)).as("%s", kind).isTrue();
    }
  }

  @Test
  void givesUp_maxAttempts_afterThatManyAttempts() {
    ReconnectPolicy three = policy.maxAttempts(3);

    assertThat(three.givesUp(Kind.NETWORK, 3, true)).isFalse();
    assertThat(three.givesUp(Kind.NETWORK, 4, true)).isTrue();
    assertThat(three.givesUp(Kind.AUTHENTICATION, 4, true)).isTrue();
  }

  @Test
  void givesUp_whenRefusedStop_onlyOnWhatDoesNotPassByItself() {
    ReconnectPolicy stopping = policy.whenRefused(Refused.STOP);

    SLOW.forEach(kind -> assertThat(stopping.givesUp(kind, 1, true)).as("%s", kind).isTrue());
    QUICK.forEach(kind -> assertThat(stopping.givesUp(kind, 9, true)).as("%s", kind).isFalse());
  }

  @Test
  void givesUp_failingAtFirst_untilItWasConnectedOnce() {
    ReconnectPolicy impatient = policy.failingAtFirst();

    QUICK.forEach(kind -> assertThat(impatient.givesUp(kind, 1, false)).isTrue());
    QUICK.forEach(kind -> assertThat(impatient.givesUp(kind, 9, true)).isFalse());
  }

  @Test
  void settings_badValues_areNamed() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.backoff(Duration.ZERO, 2, second))
        .withMessageContaining("base")
        .withMessageContaining("PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.backoff(second, Double.NaN, second))
        .withMessageContaining("factor")
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.backoff(second, 0.5, second))
        .withMessageContaining("0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.backoff(second, 2, Duration.ofMillis(5)))
        .withMessageContaining("cap")
        .withMessageContaining("PT0.005S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.backoff(second, 2, Duration.ofDays(2)))
        .withMessageContaining("cap");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.healthyAfter(Duration.ofSeconds(-1)))
        .withMessageContaining("healthy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.slowly(Duration.ofMillis(999)))
        .withMessageContaining("slow")
        .withMessageContaining("PT0.999S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.maxAttempts(-1))
        .withMessageContaining("-1");
    assertThatNullPointerException().isThrownBy(() -> policy.whenRefused(null));
  }

  @Test
  void limits_badValues_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectLimits(0, 4))
        .withMessageContaining("0 per host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Liveness.defaults().framesWithin(Duration.ofDays(2)))
        .withMessageContaining("frames");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Liveness.defaults().bytesWithin(Duration.ZERO))
        .withMessageContaining("bytes");
  }
}
