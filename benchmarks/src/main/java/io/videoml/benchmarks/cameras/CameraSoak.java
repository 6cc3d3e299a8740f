package io.videoml.benchmarks.cameras;

import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Many RTSP cameras with random faults, for long: in the end every camera must be live, every count
 * add up, and nothing be left behind.
 */
final class CameraSoak {
  private static final int CAMERAS = 8;
  private static final Duration SETTLES = Duration.ofSeconds(20);
  private static final double ALLOWED_MEGABYTES = 20;
  private static final Resilience SURVIVAL =
      Resilience.defaults()
          .with(
              ReconnectPolicy.defaults()
                  .backoff(Duration.ofMillis(250), 2, Duration.ofSeconds(4))
                  .slowly(Duration.ofSeconds(4)))
          .with(
              Liveness.defaults()
                  .bytesWithin(Duration.ofSeconds(2))
                  .framesWithin(Duration.ofSeconds(3))
                  .firstFrameWithin(Duration.ofSeconds(8)));

  private final PrintStream out;
  private final List<Backend> backends;
  private final List<FaultyRtspServer> servers = new ArrayList<>();
  private final List<PipelineRun> runs = new ArrayList<>();
  private final List<RandomFaults> faults = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  CameraSoak(List<Backend> backends, PrintStream out) {
    this.backends = backends;
    this.out = out;
  }

  /** Returns whether all was well. */
  boolean run(Duration time) throws InterruptedException {
    loadEverything();
    ProcessHealth before = ProcessHealth.now();
    try {
      for (int i = 0; i < CAMERAS; i++) {
        servers.add(FaultyRtspServer.builder().size(320, 180).framesPerSecond(10).gop(20).start());
        runs.add(start(i));
      }
      ProcessHealth settled = torment(time);
      awaitAllLive();
      ProcessHealth after = ProcessHealth.now();
      double growth = after.megabytes() - settled.megabytes();
      out.printf(Locale.ROOT, "memory grew by %.1f MB since it settled%n", growth);
      if (growth > ALLOWED_MEGABYTES) {
        complaints.add("memory grew by more than " + ALLOWED_MEGABYTES + " MB");
      }
    } finally {
      close();
    }
    checkNothingLeft(before);
    complaints.forEach(complaint -> out.println("MISSED: " + complaint));
    out.println(complaints.isEmpty() ? "result: met" : "result: MISSED");
    return complaints.isEmpty();
  }

  /** What libraries open once, they keep. */
  private void loadEverything() throws InterruptedException {
    for (Backend backend : backends) {
      try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
          PipelineRun run =
              Pipeline.named("warm-up")
                  .source(backend.camera(camera.uri()))
                  .sample(FrameSampler::motion)
                  .onResult(result -> {})
                  .build()
                  .start()) {
        for (int i = 0; i < 100 && !live(run); i++) {
          Thread.sleep(100);
        }
      }
    }
  }

  private PipelineRun start(int number) {
    Backend backend = backends.get(number % backends.size());
    return Pipeline.named("soak-" + number + "-" + backend.name().toLowerCase(Locale.ROOT))
        .source(backend.camera(servers.get(number).uri()))
        .sample(() -> FrameSampler.everyNth(5))
        .resilience(SURVIVAL)
        .onResult(result -> {})
        .build()
        .start();
  }

  /** Returns what the process held once it had settled. */
  private ProcessHealth torment(Duration time) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      RandomFaults camera = new RandomFaults(servers.get(i), 42 + i);
      faults.add(camera);
      threads.add(new Thread(camera, "faults-" + i));
    }
    threads.forEach(Thread::start);
    Instant end = Instant.now().plus(time);
    long settling = Math.max(20, time.toSeconds() / 5);
    ProcessHealth settled = ProcessHealth.now();
    for (long second = 1; Instant.now().isBefore(end); second++) {
      Thread.sleep(1000);
      if (second == settling) {
        settled = ProcessHealth.now();
      }
      if (second % Math.max(10, time.toSeconds() / 30) == 0) {
        out.printf("after %d s: %s%n", second, ProcessHealth.now());
      }
    }
    faults.forEach(RandomFaults::end);
    for (Thread thread : threads) {
      thread.join();
    }
    return settled;
  }

  private void awaitAllLive() throws InterruptedException {
    Instant end = Instant.now().plus(SETTLES);
    while (Instant.now().isBefore(end) && !runs.stream().allMatch(CameraSoak::live)) {
      Thread.sleep(100);
    }
    for (int i = 0; i < CAMERAS; i++) {
      PipelineRun run = runs.get(i);
      RunSummary counts = run.summary();
      out.printf(
          "%s: %s; read %d, kept %d, failed %d, dropped %s; faults %s%n",
          counts.stream(),
          run.status(),
          counts.read(),
          counts.kept(),
          counts.failed(),
          counts.dropped(),
          faults.get(i).made());
      if (!live(run)) {
        complaints.add(counts.stream() + " is stuck: " + run.status());
      }
    }
  }

  private static boolean live(PipelineRun run) {
    StreamStatus status = run.status();
    return status.state() == StreamState.LIVE
        && status.lastFrame().orElse(Instant.MIN).isAfter(Instant.now().minusSeconds(2));
  }

  private void close() {
    runs.forEach(PipelineRun::close);
    servers.forEach(FaultyRtspServer::close);
    for (PipelineRun run : runs) {
      RunSummary counts = run.summary();
      long dropped = counts.dropped().values().stream().mapToLong(Long::longValue).sum();
      if (counts.read() != counts.kept() + counts.failed() + dropped) {
        complaints.add(counts.stream() + ": the counts do not add up: " + counts);
      }
    }
  }

  private void checkNothingLeft(ProcessHealth before) throws InterruptedException {
    ProcessHealth after = ProcessHealth.now();
    for (int i = 0; i < 50 && leaves(before, after); i++) {
      Thread.sleep(100);
      after = ProcessHealth.now();
    }
    out.printf("before: %s%nafter:  %s%n", before, after);
    if (leaves(before, after)) {
      complaints.add("something was left behind: " + before + ", then " + after);
    }
  }

  /** A few of each belong to libraries that are loaded by now. */
  private static boolean leaves(ProcessHealth before, ProcessHealth after) {
    return after.threads() > before.threads() + 4 || after.files() > before.files() + 8;
  }
}
