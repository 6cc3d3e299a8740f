package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.resilience.ConnectGate.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectGateTest {
  private static final ConnectLimits TWO_OF_THREE = new ConnectLimits(2, 3);

  private final ConnectGate gate = new ConnectGate(Duration.ofMinutes(1));
  private final BlockingQueue<String> admitted = new LinkedBlockingQueue<>();

  @Test
  void acquire_withinTheLimits_doesNotWait() throws InterruptedException {
    gate.acquire("a", TWO_OF_THREE);
    gate.acquire("a", TWO_OF_THREE);
    gate.acquire("b", TWO_OF_THREE);

    assertThat(gate.admitted()).isEqualTo(3);
    assertThat(gate.queued()).isZero();
  }

  @Test
  void acquire_hostIsBusy_waitsWhileOthersPass() throws Exception {
    Turn first = gate.acquire("a", TWO_OF_THREE);
    gate.acquire("a", TWO_OF_THREE);
    waiter("third at a", "a", TWO_OF_THREE);

    gate.acquire("b", TWO_OF_THREE).close();
    assertThat(admitted).isEmpty();
    first.close();

    assertThat(next()).isEqualTo("third at a");
  }

  @Test
  void acquire_unknownHost_isHeldUpByTheOverallLimitOnly() throws Exception {
    Turn first = gate.acquire("", TWO_OF_THREE);
    gate.acquire("", TWO_OF_THREE);
    gate.acquire("", TWO_OF_THREE);
    waiter("fourth", "", TWO_OF_THREE);

    first.close();

    assertThat(next()).isEqualTo("fourth");
  }

  @Test
  void acquire_many_areServedInTheOrderInWhichTheyCame() throws Exception {
    ConnectLimits one = new ConnectLimits(1, 1);
    Turn turn = gate.acquire("a", one);
    List<FutureTask<Turn>> waiters = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiters.add(waiter("waiter " + i, i % 2 == 0 ? "a" : "b", one));
    }

    for (int i = 0; i < 10; i++) {
      turn.close();
      assertThat(next()).isEqualTo("waiter " + i);
      turn = waiters.get(i).get();
    }
  }

  @Test
  void acquire_othersAreWaitingForDeadCameras_isNotHeldUpByThemForLong() throws Exception {
    ConnectGate impatient = new ConnectGate(Duration.ofMillis(40));
    ConnectLimits limits = new ConnectLimits(1, 2);
    Turn dead = impatient.acquire("dead", limits);
    impatient.acquire("dead too", limits);

    long start = System.nanoTime();
    impatient.acquire("alive", limits).close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(30));
    assertThat(impatient.admitted()).isEqualTo(2);
    dead.close();
    impatient.acquire("dead", limits); // where the limit of the host has held all the time
    assertThat(impatient.admitted()).isEqualTo(2);
  }

  @Test
  void acquire_sameHostWithALargerLimit_doesNotOvertake() throws Exception {
    Turn first = gate.acquire("a", new ConnectLimits(1, 9));
    waiter("modest", "a", new ConnectLimits(1, 9));
    waiter("greedy", "a", new ConnectLimits(5, 9));

    assertThat(gate.queued()).isEqualTo(2);
    first.close();

    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("modest", "greedy");
  }

  @Test
  void acquire_interruptedWhileWaiting_leavesTheQueueToOthers() throws Exception {
    ConnectLimits one = new ConnectLimits(1, 9);
    Turn first = gate.acquire("a", one);
    FutureTask<Turn> impatient = waiter("impatient", "a", one);
    waiter("patient", "a", one);

    impatient.cancel(/* mayInterruptIfRunning= */ true);
    until(() -> gate.queued() == 1);
    first.close();

    assertThat(next()).isEqualTo("patient");
    assertThat(gate.admitted()).isOne();
  }

  @Test
  void acquire_interruptedBefore_throwsAndKeepsNoTurn() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> gate.acquire("a", TWO_OF_THREE))
        .isInstanceOf(InterruptedException.class);
    assertThat(gate.admitted()).isZero();
    assertThat(gate.queued()).isZero();
  }

  @Test
  void close_again_givesNothingBackTwice() throws InterruptedException {
    Turn turn = gate.acquire("a", TWO_OF_THREE);
    gate.acquire("a", TWO_OF_THREE);
    turn.close();
    turn.close();

    assertThat(gate.admitted()).isOne();
  }

  @Test
  void acquire_byManyThreadsSomeInterrupted_neverExceedsTheLimitsNorLeaks() throws Exception {
    AtomicInteger atA = new AtomicInteger();
    AtomicInteger inAll = new AtomicInteger();
    AtomicInteger mostAtA = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int seed = i;
      Thread thread =
          new Thread(
              () -> {
                Random random = new Random(seed);
                for (int turn = 0; turn < 400; turn++) {
                  String host = random.nextBoolean() ? "a" : "b";
                  if (random.nextInt(10) == 0) {
                    Thread.currentThread().interrupt();
                  }
                  try (Turn mine = gate.acquire(host, TWO_OF_THREE)) {
                    assertThat(mine).isNotNull();
                    most.accumulateAndGet(inAll.incrementAndGet(), Math::max);
                    if (host.equals("a")) {
                      mostAtA.accumulateAndGet(atA.incrementAndGet(), Math::max);
                      atA.decrementAndGet();
                    }
                    inAll.decrementAndGet();
                  } catch (InterruptedException e) {
                    continue; // as told
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most).hasValueBetween(1, 3);
    assertThat(mostAtA).hasValueBetween(1, 2);
    assertThat(gate.admitted()).isZero();
    assertThat(gate.queued()).isZero();
  }

  /** Starts a thread that waits for a turn, and waits until it does. */
  private FutureTask<Turn> waiter(String name, String host, ConnectLimits limits) {
    FutureTask<Turn> task =
        new FutureTask<>(
            () -> {
              Turn turn = gate.acquire(host, limits);
              admitted.add(name);
              return turn;
            });
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    until(() -> gate.queued() > 0 && parked(thread));
    return task;
  }

  private static boolean parked(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private String next() throws InterruptedException {
    String name = admitted.poll(10, TimeUnit.SECONDS);
    assertThat(name).as("somebody's turn came").isNotNull();
    return name;
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
