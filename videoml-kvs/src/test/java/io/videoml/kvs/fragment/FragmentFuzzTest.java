package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A while of {@link FragmentFuzz}; {@code benchmarks/kvs-fuzz} runs it for longer. */
class FragmentFuzzTest {
  /** All together; there are two at once, so that it takes half of it. */
  private static final long SECONDS = Long.getLong("videoml.kvs.fuzz.seconds", 10);

  @Test
  void feed_streamsThatAreNearlyRight_keepsEveryPromise() throws Exception {
    Path shared = Path.of(System.getProperty("videoml.shared", ""));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / 2;
    List<FutureTask<FragmentFuzz>> running = new ArrayList<>();
    for (int seed = 5; seed <= 6; seed++) {
      FragmentFuzz fuzz = new FragmentFuzz(new FuzzInputs().withCaptures(shared), seed);
      FutureTask<FragmentFuzz> task =
          new FutureTask<>(() -> fuzz.run(0, Long.MAX_VALUE / 2, end), fuzz);
      Thread thread = new Thread(task, "fuzz-" + seed);
      thread.setDaemon(true);
      thread.start();
      running.add(task);
    }

    for (FutureTask<FragmentFuzz> task : running) {
      FragmentFuzz fuzz = task.get(5, TimeUnit.MINUTES);
      assertThat(fuzz.read()).as(fuzz.toString()).isGreaterThan(5_000);
    }
  }
}
