package io.videoml.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FairQueuePropertiesTest {
  private static final Map<Priority, Integer> USUAL =
      Map.of(Priority.HIGH, 16, Priority.NORMAL, 4, Priority.LOW, 1);

  /** Someone who waits: the priority, and the number within it. */
  private record One(Priority priority, int number) {}

  /** Somebody joins, or the next is served. */
  private record Step(boolean joins, Priority priority) {}

  @Property
  void next_anySteps_isFirstComeFirstServedWithinAPriority(
      @ForAll("weights") Map<Priority, Integer> weights, @ForAll("steps") List<Step> steps) {
    FairQueue<One> queue = new FairQueue<>(weights);
    Map<Priority, Deque<One>> expected = new EnumMap<>(Priority.class);
    int number = 0;
    for (Step step : steps) {
      if (step.joins()) {
        One one = new One(step.priority(), number++);
        queue.add(one.priority(), one);
        expected.computeIfAbsent(one.priority(), p -> new ArrayDeque<>()).add(one);
      } else {
        One served = queue.next();
        if (served == null) {
          assertThat(expected.values()).allSatisfy(waiting -> assertThat(waiting).isEmpty());
        } else {
          assertThat(expected.get(served.priority()).poll()).isEqualTo(served);
        }
      }
      assertThat(queue.size()).isEqualTo(expected.values().stream().mapToInt(Deque::size).sum());
    }
  }

  @Property
  void next_whileAllWait_sharesTurnsByWeight(
      @ForAll("weights") Map<Priority, Integer> weights,
      @ForAll @IntRange(min = 1, max = 5) int rounds) {
    FairQueue<Priority> queue = new FairQueue<>(weights);
    int round = weights.values().stream().mapToInt(Integer::intValue).sum();
    Map<Priority, Integer> served = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      queue.add(priority, priority);
    }

    for (int turn = 0; turn < rounds * round; turn++) {
      Priority next = served(queue);
      served.merge(next, 1, Integer::sum);
      queue.add(next, next);
    }

    weights.forEach(
        (priority, weight) ->
            assertThat(served.getOrDefault(priority, 0))
                .as("turns of %s with weights %s in %d rounds", priority, weights, rounds)
                .isBetween(rounds * weight - 2, rounds * weight + 2));
  }

  @Property
  void next_whoeverElseComes_servesTheHeadOfEachPriorityWithinABound(
      @ForAll("weights") Map<Priority, Integer> weights, @ForAll("steps") List<Step> before) {
    FairQueue<One> queue = new FairQueue<>(weights);
    run(queue, before);
    for (Priority waiting : Priority.values()) {
      FairQueue<One> crowded = new FairQueue<>(weights);
      run(crowded, before);
      drain(crowded, waiting);
      One patient = new One(waiting, -1);
      crowded.add(waiting, patient);
      int all = weights.values().stream().mapToInt(Integer::intValue).sum();
      int bound = (all + weights.get(waiting) - 1) / weights.get(waiting) + 2;
      int turns = 0;
      One next;
      do { // everyone else comes back at once
        for (Priority other : Priority.values()) {
          if (other != waiting) {
            crowded.add(other, new One(other, turns));
          }
        }
        next = crowded.next();
        turns++;
      } while (!patient.equals(next) && turns <= bound);
      assertThat(turns).as("turns until %s of %s", waiting, weights).isLessThanOrEqualTo(bound);
    }
  }

  @Property
  void next_highComesWhereItHasCredit_isServedBeforeThoseWhoWaited(
      @ForAll @Size(max = 40) List<Priority> othersThatWait) {
    FairQueue<Priority> queue = new FairQueue<>(USUAL);
    othersThatWait.forEach(priority -> queue.add(priority, priority));
    queue.add(Priority.HIGH, Priority.HIGH); // no one was served yet: all have equal credit

    assertThat(queue.next()).isEqualTo(Priority.HIGH);
  }

  @Property
  void next_afterAPriorityWasAway_doesNotLetItCatchUp(
      @ForAll @IntRange(min = 1, max = 500) int turnsAway) {
    FairQueue<Priority> queue = new FairQueue<>(USUAL);
    for (int turn = 0; turn < turnsAway; turn++) {
      queue.add(Priority.LOW, Priority.LOW);
      assertThat(queue.next()).isEqualTo(Priority.LOW);
    }
    for (int i = 0; i < 100; i++) {
      queue.add(Priority.LOW, Priority.LOW);
      queue.add(Priority.HIGH, Priority.HIGH);
    }

    int beforeLow = 0;
    while (served(queue) == Priority.HIGH) {
      beforeLow++;
    }

    assertThat(beforeLow).as("of weight 16 to 1").isBetween(15, 34);
  }

  @Example
  void next_afterDaysOfTurns_sharesAsOnTheFirstDay() {
    FairQueue<Priority> queue = new FairQueue<>(USUAL);
    for (int turn = 0; turn < 10_000_000; turn++) { // over a day, at 100 turns a second
      queue.add(Priority.LOW, Priority.LOW);
      queue.next();
    }

    Map<Priority, Integer> served = new EnumMap<>(Priority.class);
    for (int turn = 0; turn < 170; turn++) {
      queue.add(Priority.LOW, Priority.LOW);
      queue.add(Priority.HIGH, Priority.HIGH);
      served.merge(served(queue), 1, Integer::sum);
    }

    assertThat(served.get(Priority.HIGH)).as("of 170 by 16 to 1").isBetween(158, 162);
  }

  @Property
  void refund_ofEveryTurn_leavesTheTurnToTheSame(@ForAll @IntRange(min = 1, max = 50) int unused) {
    FairQueue<Priority> queue = new FairQueue<>(USUAL);
    for (int i = 0; i <= unused; i++) {
      queue.add(Priority.LOW, Priority.LOW);
      queue.add(Priority.HIGH, Priority.HIGH);
    }
    for (int i = 0; i < unused; i++) {
      assertThat(queue.next()).isEqualTo(Priority.HIGH);
      queue.refund(Priority.HIGH);
    }

    assertThat(queue.next()).isEqualTo(Priority.HIGH);
    assertThat(queue.next()).isEqualTo(Priority.LOW);
  }

  @Property
  void remove_oneThatWaits_isNeverServed(@ForAll("steps") List<Step> steps) {
    FairQueue<One> queue = new FairQueue<>(USUAL);
    One leaving = new One(Priority.NORMAL, -1);
    queue.add(Priority.NORMAL, leaving);
    assertThat(queue.remove(Priority.NORMAL, leaving)).isTrue();
    assertThat(queue.remove(Priority.NORMAL, leaving)).isFalse();

    assertThat(run(queue, steps)).doesNotContain(leaving);
  }

  private static List<One> run(FairQueue<One> queue, List<Step> steps) {
    List<One> served = new ArrayList<>();
    int number = 0;
    for (Step step : steps) {
      if (step.joins()) {
        queue.add(step.priority(), new One(step.priority(), number++));
      } else {
        One next = queue.next();
        if (next != null) {
          served.add(next);
        }
      }
    }
    return served;
  }

  /** Serves until none of a priority waits. */
  private static void drain(FairQueue<One> queue, Priority priority) {
    One marker = new One(priority, Integer.MAX_VALUE);
    queue.add(priority, marker);
    One next;
    do {
      next = queue.next();
    } while (!marker.equals(next));
  }

  private static Priority served(FairQueue<Priority> queue) {
    Priority next = queue.next();
    if (next == null) {
      throw new AssertionError("nobody was served");
    }
    return next;
  }

  @Provide
  Arbitrary<Map<Priority, Integer>> weights() {
    Arbitrary<Integer> weight = Arbitraries.integers().between(1, 40);
    return Combinators.combine(weight, weight, weight)
        .as((h, n, l) -> Map.of(Priority.HIGH, h, Priority.NORMAL, n, Priority.LOW, l));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(Priority.class))
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }
}
