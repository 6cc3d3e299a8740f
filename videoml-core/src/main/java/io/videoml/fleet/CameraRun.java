package io.videoml.fleet;

import io.videoml.metrics.DropReason;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunHost;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.resilience.StreamStatus.Problem;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera, from when it was added until it is removed: waiting to be started, running, ended, or
 * failed to start. Started at most once. Threading: safe.
 */
final class CameraRun {
  private static final Logger LOG = LoggerFactory.getLogger(CameraFleet.class);

  private final Camera camera;
  private final Supplier<PipelineSpec> pipeline;
  private final RunHost host;
  private final CountDownLatch begun = new CountDownLatch(1);
  private @Nullable PipelineRun run; // guarded by this, as all below
  private @Nullable Throwable failure;
  private boolean closed;
  private boolean removed;
  private Instant since = Instant.now();

  CameraRun(Camera camera, Supplier<PipelineSpec> pipeline, RunHost host) {
    this.camera = camera;
    this.pipeline = pipeline;
    this.host = host;
  }

  Camera camera() {
    return camera;
  }

  /** Makes the pipeline and starts it; what that throws is the camera's status. May block. */
  void start() {
    if (closed()) {
      return;
    }
    try {
      PipelineRun started = pipeline.get().start(host);
      if (!begin(started)) {
        endLate(started);
      }
    } catch (RuntimeException | Error e) { // an Error is a library that is missing, most likely
      fail(e);
    }
  }

  /** Ends what was started while it was closed. */
  private void endLate(PipelineRun started) {
    boolean forGood;
    synchronized (this) {
      forGood = removed;
    }
    if (forGood) {
      started.remove();
    } else {
      started.close();
    }
  }

  private synchronized boolean closed() {
    return closed;
  }

  private synchronized boolean begin(PipelineRun started) {
    if (!closed) {
      run = started;
    }
    begun.countDown();
    return !closed;
  }

  /** Ends it before it began. */
  void fail(Throwable cause) {
    synchronized (this) {
      failure = cause;
      since = Instant.now();
      begun.countDown();
    }
    LOG.warn("{}: the camera's pipeline could not be started", camera.id(), cause);
    try {
      host.onEvent(
          new PipelineEvent(
              camera.id(),
              PipelineEvent.Type.ENDED,
              problem(cause, Instant.now()).message(),
              Instant.now()));
    } catch (RuntimeException e) {
      LOG.warn("{}: a listener failed", camera.id(), e);
    }
  }

  private synchronized @Nullable PipelineRun run() {
    return run;
  }

  private synchronized @Nullable PipelineRun endStarting(boolean forGood) {
    removed |= forGood;
    if (!closed) {
      closed = true;
      since = Instant.now();
      begun.countDown();
    }
    return run;
  }

  /** Ends it, and waits for the end, as {@link PipelineRun#close()}. */
  void close() {
    PipelineRun running = endStarting(/* forGood= */ false);
    if (running != null) {
      running.close();
    }
  }

  /** Ends it for good, as {@link PipelineRun#remove()}. */
  void remove() {
    PipelineRun running = endStarting(/* forGood= */ true);
    if (running != null) {
      running.remove();
    }
  }

  /** Returns whether the calling thread is one of this camera's. */
  boolean onOwnThread() {
    PipelineRun running = run();
    return running != null && running.onOwnThread();
  }

  /** Waits until it has ended, failed or been closed; false where it goes on. */
  boolean awaitEnd(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    if (!begun.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    PipelineRun running = run();
    return running == null
        || running.await(Duration.ofNanos(Math.max(0, end - System.nanoTime()))).isPresent();
  }

  CameraStatus status() {
    PipelineRun running = run();
    return running == null
        ? status(notRunning(), Optional.empty(), nothing())
        : status(status(running), running.stream(), running.summary());
  }

  private CameraStatus status(StreamStatus stream, Optional<StreamInfo> info, RunSummary counts) {
    return new CameraStatus(camera.id(), camera.zone(), camera.priority(), stream, info, counts);
  }

  private synchronized StreamStatus notRunning() {
    StreamState state = closed ? StreamState.STOPPED : StreamState.CONNECTING;
    return new StreamStatus(
        failure == null ? state : StreamState.FAILED,
        since,
        /* connects= */ 0,
        /* attempts= */ 0,
        Optional.ofNullable(failure).map(cause -> problem(cause, since)),
        /* lastFrame= */ Optional.empty());
  }

  private StreamStatus status(PipelineRun running) {
    StreamStatus status = running.status();
    RunResult end = running.await(Duration.ZERO).orElse(null);
    if (end instanceof RunResult.Failed failed && status.state() != StreamState.FAILED) {
      return new StreamStatus( // the source was well, something else broke
          StreamState.FAILED,
          status.since(),
          status.connects(),
          status.attempts(),
          Optional.of(problem(failed.cause(), status.since())),
          status.lastFrame());
    }
    return status;
  }

  private static Problem problem(Throwable cause, Instant at) {
    SourceException.Kind kind =
        cause instanceof SourceException source
            ? source.kind()
            : SourceException.Kind.CONFIGURATION;
    return new Problem(
        kind, cause.getMessage() == null ? cause.toString() : cause.getMessage(), at);
  }

  private RunSummary nothing() {
    Map<DropReason, Long> dropped = Map.of();
    Map<Stage, LatencyStats> latency = Map.of();
    return new RunSummary(camera.id(), 0, 0, 0, dropped, Duration.ZERO, latency);
  }
}
