package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.FrameInfo;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What tests with a camera share. */
final class Camera {
  static final Duration LIMIT = Duration.ofSeconds(15);

  private Camera() {}

  static void assumeAvailable() {
    Gstreamer.assumeElements("rtspsrc", "parsebin", "avdec_h264", "avdec_h265", "jpegdec");
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  /** Returns a builder with short limits. */
  static RtspSource.Builder source(URI address) {
    return RtspSource.builder(address)
        .connectTimeout(Duration.ofSeconds(3))
        .readTimeout(Duration.ofSeconds(2))
        .latency(Duration.ofMillis(20));
  }

  static List<FrameInfo> read(FrameReader reader, int frames) {
    List<FrameInfo> infos = new ArrayList<>();
    while (infos.size() < frames && reader.tryAdvance(frame -> infos.add(frame.info()))) {}
    return infos;
  }

  /** Reads until a frame fulfils the condition, which must be soon; returns all of them. */
  static List<FrameInfo> readUntil(FrameReader reader, Predicate<FrameInfo> last) {
    List<FrameInfo> infos = new ArrayList<>();
    long end = System.nanoTime() + LIMIT.toNanos();
    do {
      if (!reader.tryAdvance(frame -> infos.add(frame.info()))) {
        throw new AssertionError("the stream ended after " + infos);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("none of " + infos.size() + " frames is the one");
      }
    } while (!last.test(infos.get(infos.size() - 1)));
    return infos;
  }

  /** Opens it where it cannot be, and returns why. */
  static SourceException failure(FrameSource source) {
    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> source.open().close());
    if (failure == null) {
      throw new AssertionError(source + " opened");
    }
    return failure;
  }

  /** Runs it on a thread of its own. */
  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "test-reader");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Returns what came of it within a bound; what it threw passes through. */
  static <T> T get(FutureTask<T> task) {
    try {
      return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing came within " + LIMIT, e);
    }
  }

  /** Polls until the condition holds, within a bound. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not come about within " + LIMIT);
      }
      Thread.sleep(10);
    }
  }
}
