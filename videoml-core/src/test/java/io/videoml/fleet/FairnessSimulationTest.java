package io.videoml.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Cameras that want 3.6 times what one detector can do, in simulated time: whether those of high
 * priority have their results in time, and those of low priority any. As the workers do it: a
 * camera waits with empty hands, and takes its newest frame.
 */
class FairnessSimulationTest {
  private static final long DETECTION = TimeUnit.MILLISECONDS.toNanos(20); // 50 a second
  private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long END = TimeUnit.MINUTES.toNanos(10);

  private final FairQueue<Sim> queue =
      new FairQueue<>(Map.of(Priority.HIGH, 16, Priority.NORMAL, 4, Priority.LOW, 1));

  @Property(tries = 20)
  void turns_atFullLoad_keepHighFreshAndLetTheLowestThrough(@ForAll Random random) {
    List<Sim> cameras = new ArrayList<>();
    add(cameras, Priority.HIGH, 4, TimeUnit.MILLISECONDS.toNanos(200), random);
    add(cameras, Priority.NORMAL, 8, TimeUnit.MILLISECONDS.toNanos(100), random);
    add(cameras, Priority.LOW, 8, TimeUnit.MILLISECONDS.toNanos(100), random);

    long busy = run(cameras, random);

    long frames = 0;
    long inTime = 0;
    for (Sim camera : cameras) {
      if (camera.priority == Priority.HIGH) {
        frames += camera.frames;
        inTime += camera.inTime;
      } else {
        long limit = TimeUnit.SECONDS.toNanos(camera.priority == Priority.NORMAL ? 1 : 5);
        assertThat(camera.longestGap).as("longest wait, %s", camera.priority).isLessThan(limit);
      }
    }
    assertThat(busy).as("time the detector was busy").isGreaterThan(END * 99 / 100);
    assertThat(frames).isGreaterThan(11_000);
    assertThat(inTime).as("of %d frames of high priority", frames).isGreaterThan(frames * 99 / 100);
  }

  /** Frames come with a jitter of a fifth of their distance. Returns the time spent detecting. */
  private long run(List<Sim> cameras, Random random) {
    PriorityQueue<Sim> next = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    next.addAll(cameras);
    long now = 0;
    long busy = 0;
    while (now < END) {
      while (next.peek().due <= now) { // all that came while the detector was busy
        Sim camera = next.poll();
        camera.frameComes();
        camera.due += camera.period * 9 / 10 + random.nextLong(camera.period / 5);
        next.add(camera);
      }
      Sim turn = queue.next();
      if (turn == null) {
        now = next.peek().due;
      } else {
        now += DETECTION;
        busy += DETECTION;
        turn.detected(now);
      }
    }
    return busy;
  }

  private void add(List<Sim> cameras, Priority priority, int number, long period, Random random) {
    for (int i = 0; i < number; i++) {
      cameras.add(new Sim(priority, period, random.nextLong(period)));
    }
  }

  private final class Sim {
    private final Priority priority;
    private final long period;
    private long due;
    private long waitingFrame = -1;
    private long frames;
    private long inTime;
    private long lastResult;
    private long longestGap;

    Sim(Priority priority, long period, long due) {
      this.priority = priority;
      this.period = period;
      this.due = due;
    }

    void frameComes() {
      frames++;
      if (waitingFrame < 0) {
        queue.add(priority, this);
      }
      waitingFrame = due; // in place of the one before, which is lost
    }

    void detected(long now) {
      if (now - waitingFrame <= FRESH) {
        inTime++;
      }
      waitingFrame = -1;
      longestGap = Math.max(longestGap, now - lastResult);
      lastResult = now;
    }
  }
}
