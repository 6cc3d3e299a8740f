package io.videoml.testkit.kvs.faults;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * What goes wrong, and when. Each request takes what was ordered for its operation: first what is
 * for the next request, else what is for all, and besides what chance brings.
 *
 * <p>Threading: all methods from any thread.
 */
public final class KvsFaults {
  private record Chance(double probability, Random random, Function<Random, Fault> choice) {}

  private final Map<KvsOperation, Deque<List<Fault>>> next = new EnumMap<>(KvsOperation.class);
  private final Map<KvsOperation, List<Fault>> always = new EnumMap<>(KvsOperation.class);
  private final Map<KvsOperation, Chance> chances = new EnumMap<>(KvsOperation.class);
  private final List<Fault> taken = new ArrayList<>();

  /** Orders faults, all of them, for the next request that nothing is ordered for yet. */
  public synchronized void next(KvsOperation operation, Fault... faults) {
    next.computeIfAbsent(requireNonNull(operation, "operation"), key -> new ArrayDeque<>())
        .addLast(List.of(faults));
  }

  /** Orders faults for every request, until {@link #clear()}. */
  public synchronized void always(KvsOperation operation, Fault... faults) {
    always.put(requireNonNull(operation, "operation"), List.of(faults));
  }

  /**
   * Orders faults by chance, until {@link #clear()}.
   *
   * @param probability that a request has one, from 0 to 1
   * @param seed the same gives the same faults, if the requests come in the same order
   * @param choice makes the fault
   */
  public synchronized void randomly(
      KvsOperation operation, double probability, long seed, Function<Random, Fault> choice) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is 0 to 1, was " + probability);
    }
    chances.put(
        requireNonNull(operation, "operation"),
        new Chance(probability, new Random(seed), requireNonNull(choice, "choice")));
  }

  /** Forgets all that is ordered; requests that run keep theirs. */
  public synchronized void clear() {
    next.clear();
    always.clear();
    chances.clear();
  }

  /** Returns the faults that requests took, in order. */
  public synchronized List<Fault> taken() {
    return List.copyOf(taken);
  }

  /** Takes what the request that just came is to suffer. */
  public synchronized RequestFaults take(KvsOperation operation) {
    Deque<List<Fault>> ordered = next.get(operation);
    List<Fault> faults =
        new ArrayList<>(
            ordered == null || ordered.isEmpty()
                ? always.getOrDefault(operation, List.of())
                : ordered.removeFirst());
    Chance chance = chances.get(operation);
    if (chance != null && chance.random.nextDouble() < chance.probability) {
      faults.add(chance.choice.apply(chance.random));
    }
    taken.addAll(faults);
    return new RequestFaults(faults);
  }
}
