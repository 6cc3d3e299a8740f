package io.videoml.pipeline;

import io.videoml.detect.Detector;
import io.videoml.metrics.DropReason;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.FrameReader;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a {@link PipelineSpec}: a reader thread that reads and samples, and a worker
 * thread that detects and tells the sinks.
 *
 * <p>Threading: safe. Ends by itself with the stream; {@link #close()} ends it within two seconds.
 */
public final class PipelineRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int FILE_MAILBOX = 2;
  private static final int LIVE_MAILBOX = 1;
  private static final Duration GRACE = Duration.ofMillis(900);

  private final PipelineSpec spec;
  private final RunCounters counters;
  private final Sinks sinks;
  private final Mailbox mailbox;
  private final StreamReader stream;
  private final SharedDetectors.@Nullable Lease lease;
  private final Thread reader;
  private final Thread worker;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Object openReader = new Object();
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable RunResult result;
  private @Nullable FrameReader frames; // guarded by openReader

  private PipelineRun(
      PipelineSpec spec, SharedDetectors.@Nullable Lease lease, FrameSampler sampler, Sinks sinks) {
    this.spec = spec;
    this.lease = lease;
    this.sinks = sinks;
    this.counters = new RunCounters(spec.name(), spec.metrics().get());
    boolean live = spec.source().live();
    this.mailbox = new Mailbox(live ? LIVE_MAILBOX : FILE_MAILBOX, live);
    this.stream = new StreamReader(spec, sampler, mailbox, counters, sinks);
    Optional<Detector> detector = Optional.ofNullable(lease).map(SharedDetectors.Lease::detector);
    DetectionWorker work =
        new DetectionWorker(spec.name(), detector, mailbox, counters, sinks, stream::feedback);
    this.reader = thread("reader", this::read);
    this.worker = thread("worker", () -> work(work));
  }

  static PipelineRun start(PipelineSpec spec) {
    FrameSampler sampler = spec.sampler().get();
    SharedDetectors.Lease lease =
        spec.detectStage().map(SharedDetectors.ofProcess()::acquire).orElse(null);
    Sinks sinks = null;
    PipelineRun run;
    try {
      sinks = Sinks.open(spec.name(), spec.sinks());
      run = new PipelineRun(spec, lease, sampler, sinks);
    } catch (RuntimeException | Error e) {
      if (sinks != null) {
        sinks.close();
      }
      if (lease != null) {
        lease.close();
      }
      throw e;
    }
    run.worker.start();
    run.reader.start();
    return run;
  }

  /** Waits for the end. An interrupt closes the run and stays set. */
  public RunResult await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
    RunResult end = result;
    return end != null ? end : new RunResult.Stopped(counters.summary());
  }

  /**
   * Waits for the end at most so long; empty if the run goes on, or the thread is interrupted,
   * which stays set.
   */
  public Optional<RunResult> await(Duration timeout) {
    try {
      if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(result);
  }

  /** Returns the counts so far. */
  public RunSummary summary() {
    RunResult end = result;
    return end != null ? end.summary() : counters.summary();
  }

  /** Returns what is known of the stream; empty before it is open and after the end. */
  public Optional<StreamInfo> stream() {
    synchronized (openReader) {
      return Optional.ofNullable(frames).map(FrameReader::stream);
    }
  }

  /** Ends reading and returns at once; frames that were kept are still delivered. */
  public void stop() {
    stopping = true;
    synchronized (openReader) {
      if (frames != null) {
        frames.close();
      } else {
        reader.interrupt(); // may be waiting to open
      }
    }
  }

  /**
   * Stops and waits for the end. Kept frames that are not done within a second are dropped. Closing
   * again does nothing.
   */
  @Override
  public void close() {
    if (result != null) {
      return;
    }
    stop();
    if (finished(GRACE)) {
      return;
    }
    counters.dropped(DropReason.CLOSED, mailbox.discard());
    worker.interrupt();
    reader.interrupt();
    if (lease != null) {
      lease.close(); // the last holder's close cancels a call that runs
    }
    if (!finished(GRACE)) {
      LOG.warn(
          "{}: closed, but a stage does not return; its threads end when it does", spec.name());
    }
  }

  private boolean finished(Duration within) {
    if (Thread.currentThread() == worker || Thread.currentThread() == reader) {
      return true; // closed from a sink or sampler: this very thread has to return first
    }
    boolean interrupted = Thread.interrupted();
    try {
      return done.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Thread thread(String role, Runnable body) {
    Thread thread = new Thread(body, "videoml-" + spec.name() + "-" + role);
    thread.setDaemon(true);
    return thread;
  }

  private void read() {
    try (FrameReader opened = open()) {
      sinks.event(PipelineEvent.Type.CONNECTED, describe(opened.stream()));
      stream.readAll(opened);
    } catch (RuntimeException | Error e) {
      if (!stopping) { // else it is our own closing that made the read fail
        fail(e);
      }
    } finally {
      synchronized (openReader) {
        frames = null;
      }
      mailbox.end();
    }
  }

  private FrameReader open() {
    FrameReader opened = spec.source().open(spec.from(), stream.demand());
    synchronized (openReader) {
      frames = opened;
      if (stopping) {
        opened.close();
      }
    }
    return opened;
  }

  private static String describe(StreamInfo info) {
    return info.codec()
        + " "
        + info.width()
        + "x"
        + info.height()
        + ", decoder "
        + info.decoder()
        + info.hardware().map(device -> " on " + device).orElse("");
  }

  private void work(DetectionWorker work) {
    try {
      work.workAll();
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      end();
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    mailbox.end();
  }

  /** Last act of the worker, whatever happened. */
  private void end() {
    boolean stopped = stopping;
    try {
      stop(); // where the worker died first, the reader must not go on alone
      counters.dropped(DropReason.CLOSED, mailbox.discard());
      joinReader();
      Throwable cause = failure;
      sinks.event(
          PipelineEvent.Type.ENDED, cause == null ? "" : String.valueOf(cause.getMessage()));
      sinks.close();
      if (lease != null) {
        lease.close();
      }
    } finally {
      RunSummary summary = counters.summary();
      Throwable cause = failure;
      result =
          cause != null
              ? new RunResult.Failed(summary, cause)
              : stopped ? new RunResult.Stopped(summary) : new RunResult.Completed(summary);
      done.countDown();
    }
  }

  private void joinReader() {
    boolean interrupted = Thread.interrupted();
    try {
      reader.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
