package io.videoml.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Holds for any timestamps; spans are of the media time that went by, steps forward only. */
class BudgetPropertiesTest {
  private static final double ROUNDING = 1e-6;

  /** A stream at some steady rate, and one of everything that can be wrong with timestamps. */
  @Provide
  Arbitrary<List<Long>> times() {
    Arbitrary<Long> steps =
        Arbitraries.frequencyOf(
            Tuple.of(10, Arbitraries.longs().between(0, 100_000_000L)),
            Tuple.of(3, Arbitraries.just(0L)),
            Tuple.of(2, Arbitraries.longs().between(-20_000_000_000L, -1)),
            Tuple.of(1, Arbitraries.longs().between(1, 100_000_000_000L)),
            Tuple.of(1, Arbitraries.longs()));
    return steps.list().ofMinSize(1).ofMaxSize(200).map(BudgetPropertiesTest::from);
  }

  private static List<Long> from(List<Long> steps) {
    List<Long> times = new ArrayList<>();
    long time = 0;
    for (long step : steps) {
      time = time + step < 0 || Math.abs(step) > 1L << 50 ? step & Long.MAX_VALUE : time + step;
      times.add(time);
    }
    return times;
  }

  @Property
  void calls_inAnySpan_areNeverMoreThanTheBudget(
      @ForAll("times") List<Long> times,
      @ForAll @DoubleRange(min = 0.01, max = 200) double rate,
      @ForAll @LongRange(min = 0, max = 5_000_000_000L) long burst) {
    BudgetMeter meter = Budget.callsPerSecond(rate).burst(Duration.ofNanos(burst)).start();

    List<BigInteger> calls = new ArrayList<>();
    Clock clock = new Clock();
    for (long pts : times) {
      BigInteger now = clock.at(pts);
      if (meter.tryCall(Duration.ofNanos(pts))) {
        calls.add(now);
      }
    }

    for (int first = 0; first < calls.size(); first++) {
      for (int last = first; last < calls.size(); last++) {
        double allowed = rate * (between(calls.get(first), calls.get(last)) + burst) / 1e9 + 1;
        assertThat((double) (last - first + 1)).isLessThanOrEqualTo(allowed * (1 + ROUNDING));
      }
    }
  }

  @Property
  void calls_refused_wouldHaveBroughtSomeSpanOverTheBudget(
      @ForAll("times") List<Long> times,
      @ForAll @DoubleRange(min = 0.01, max = 200) double rate,
      @ForAll @LongRange(min = 0, max = 5_000_000_000L) long burst) {
    BudgetMeter meter = Budget.callsPerSecond(rate).burst(Duration.ofNanos(burst)).start();

    List<BigInteger> calls = new ArrayList<>();
    Clock clock = new Clock();
    for (long pts : times) {
      BigInteger now = clock.at(pts);
      if (meter.tryCall(Duration.ofNanos(pts))) {
        calls.add(now);
      } else {
        assertThat(calls).isNotEmpty();
        boolean over = false;
        for (int first = 0; first < calls.size(); first++) {
          double span = (between(calls.get(first), now) + burst) / 1e9;
          over |= calls.size() - first > rate * span * (1 - ROUNDING) - ROUNDING;
        }
        assertThat(over).as("refused at %s after %s", now, calls).isTrue();
      }
    }
  }

  @Property
  void bytes_inAnySpan_areNeverMoreThanTheBudgetAndTheLastCall(
      @ForAll("times") List<Long> times,
      @ForAll @LongRange(min = 1, max = 10_000_000) long rate,
      @ForAll @LongRange(min = 0, max = 120_000_000_000L) long burst,
      @ForAll List<@LongRange(min = 0, max = 1_000_000) Long> sizes) {
    BudgetMeter meter = Budget.bytesPerMinute(rate).burst(Duration.ofNanos(burst)).start();

    List<BigInteger> calls = new ArrayList<>();
    List<Long> sent = new ArrayList<>();
    Clock clock = new Clock();
    for (long pts : times) {
      BigInteger now = clock.at(pts);
      if (meter.tryCall(Duration.ofNanos(pts))) {
        long size = sizes.isEmpty() ? rate : sizes.get(calls.size() % sizes.size());
        meter.sent(size);
        calls.add(now);
        sent.add(size);
      }
    }

    for (int first = 0; first < calls.size(); first++) {
      double before = 0;
      for (int last = first; last < calls.size(); last++) {
        double allowed = rate * (between(calls.get(first), calls.get(last)) + burst) / 60e9;
        assertThat(before).isLessThanOrEqualTo(allowed * (1 + ROUNDING) + ROUNDING);
        before += sent.get(last);
      }
    }
  }

  private static double between(BigInteger earlier, BigInteger later) {
    return later.subtract(earlier).doubleValue();
  }

  /** The media time that went by, in nanoseconds; 200 steps of any size are beyond a long. */
  private static final class Clock {
    private BigInteger elapsed = BigInteger.ZERO;
    private long previous = Long.MAX_VALUE;

    BigInteger at(long pts) {
      if (pts > previous) {
        elapsed = elapsed.add(BigInteger.valueOf(pts).subtract(BigInteger.valueOf(previous)));
      }
      previous = pts;
      return elapsed;
    }
  }
}
