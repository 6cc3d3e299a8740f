package io.videoml.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.pipeline.RunHost.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnstileTest {
  private static final Map<Priority, Integer> WEIGHTS =
      Map.of(Priority.HIGH, 16, Priority.NORMAL, 4, Priority.LOW, 1);

  private final BlockingQueue<Priority> served = new LinkedBlockingQueue<>();

  @Test
  void take_whileAllAreTaken_waitsAndServesByPriority() throws Exception {
    Turnstile turns = new Turnstile(1, WEIGHTS);
    Turn first = turns.take(Priority.LOW);
    List<FutureTask<Turn>> waiting = new ArrayList<>();
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      waiting.add(start(turns, priority, waiting.size() + 1));
    }

    assertThat(served).isEmpty();
    first.close();
    assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo(Priority.HIGH);
    waiting.get(2).get(20, TimeUnit.SECONDS).close();
    assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo(Priority.NORMAL);
    waiting.get(1).get(20, TimeUnit.SECONDS).close();
    assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo(Priority.LOW);
  }

  @Test
  void close_again_givesNoSecondTurn() throws Exception {
    Turnstile turns = new Turnstile(1, WEIGHTS);
    Turn first = turns.take(Priority.HIGH);
    first.close();
    first.close();
    first.unused();
    turns.take(Priority.HIGH);
    FutureTask<Turn> second = start(turns, Priority.HIGH, 1);

    assertThat(turns.queued()).isOne();
    assertThat(second.isDone()).isFalse();
  }

  @Test
  void take_interrupted_leavesTheQueueAndNoTurnIsLost() throws Exception {
    Turnstile turns = new Turnstile(1, WEIGHTS);
    Turn first = turns.take(Priority.HIGH);
    FutureTask<Turn> waiting = new FutureTask<>(() -> turns.take(Priority.HIGH));
    Thread thread = thread(waiting);
    awaitQueued(turns, 1);

    thread.interrupt();

    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(turns.queued()).isZero();
    first.close();
    turns.take(Priority.LOW).close();
  }

  @Test
  void take_byManyWithInterrupts_neverLetsMoreThroughThanThereAre() throws Exception {
    Turnstile turns = new Turnstile(3, WEIGHTS);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<FutureTask<Integer>> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Priority priority = Priority.values()[i % 3];
      FutureTask<Integer> worker = new FutureTask<>(() -> takeOften(turns, priority, inside, most));
      workers.add(worker);
      threads.add(thread(worker));
    }
    for (int i = 0; i < 2000; i++) {
      threads.get(i % threads.size()).interrupt();
      Thread.onSpinWait();
    }
    for (FutureTask<Integer> worker : workers) {
      assertThat(worker.get(30, TimeUnit.SECONDS)).isPositive();
    }

    assertThat(most.get()).isEqualTo(3);
    List<Turn> all =
        List.of(turns.take(Priority.LOW), turns.take(Priority.LOW), turns.take(Priority.LOW));
    assertThat(all).hasSize(3); // none was lost on the way
  }

  private static int takeOften(
      Turnstile turns, Priority priority, AtomicInteger inside, AtomicInteger most) {
    int taken = 0;
    for (int i = 0; i < 2000; i++) {
      try (Turn turn = turns.take(priority)) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.yield();
        inside.decrementAndGet();
        if (i % 5 == 0) {
          turn.unused();
        }
        taken++;
      } catch (InterruptedException e) {
        taken += 0; // as told: the next one is another try
      }
    }
    return taken;
  }

  private FutureTask<Turn> start(Turnstile turns, Priority priority, int queued) {
    FutureTask<Turn> task =
        new FutureTask<>(
            () -> {
              Turn turn = turns.take(priority);
              served.add(priority);
              return turn;
            });
    thread(task);
    awaitQueued(turns, queued);
    return task;
  }

  private static void awaitQueued(Turnstile turns, int number) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (turns.queued() != number) {
      assertThat(System.nanoTime()).as("waits in vain").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "turnstile-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
