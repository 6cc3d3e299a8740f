package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A while of {@link FragmentFuzz}; {@code benchmarks/kvs-fuzz} runs it for longer. */
class FragmentFuzzTest {
  private static final long SECONDS = Long.getLong("videoml.kvs.fuzz.seconds", 10);

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void feed_streamsThatAreNearlyRight_keepsEveryPromise() throws IOException {
    Path shared = Path.of(System.getProperty("videoml.shared", ""));
    FragmentFuzz fuzz = new FragmentFuzz(new FuzzInputs().withCaptures(shared), 5);

    fuzz.run(0, Long.MAX_VALUE / 2, System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS));

    assertThat(fuzz.read()).as(fuzz.toString()).isGreaterThan(10_000);
  }
}
