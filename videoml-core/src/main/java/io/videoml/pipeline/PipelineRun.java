package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.resilience.ResilientReader;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a {@link PipelineSpec}: a reader thread that reads and samples, and a worker
 * thread that takes kept frames through the stages and tells the sinks.
 *
 * <p>Threading: safe. Ends by itself with the stream; {@link #close()} ends it within two seconds.
 */
public final class PipelineRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int FILE_MAILBOX = 2;
  private static final int LIVE_MAILBOX = 1;

  /** For kept frames to be finished, then again for a stage to give up. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private final PipelineSpec spec;
  private final RunCounters counters;
  private final Sinks sinks;
  private final Mailbox mailbox;
  private final StreamEvents events;
  private final ResilientReader source;
  private final StreamReader stream;
  private final StageWorker detection;
  private final LiveCascade stages;
  private final Thread reader;
  private final Thread worker;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile boolean removing;
  private boolean finishing; // guarded by this
  private volatile @Nullable RunResult result;

  private PipelineRun(PipelineSpec spec, RunHost host, LiveCascade stages, Sinks sinks) {
    this.spec = spec;
    this.stages = stages;
    this.sinks = sinks;
    this.counters =
        new RunCounters(
            spec.name(),
            requireNonNull(spec.metrics().get(), "the factory of the metrics sink made null"),
            new Funnel(spec.cascade()));
    boolean live = spec.source().live();
    this.mailbox = new Mailbox(live ? LIVE_MAILBOX : FILE_MAILBOX, live);
    this.stream = new StreamReader(spec, mailbox, counters, sinks);
    this.events = new StreamEvents(spec.name(), sinks, counters::metrics);
    this.source = spec.resilience().reader(spec.source(), spec.from(), stream.demand(), events);
    this.detection =
        new StageWorker(spec.name(), stages, mailbox, counters, sinks, stream::feedback, host);
    this.reader = thread("reader", this::read);
    this.worker = thread("worker", this::work);
  }

  static PipelineRun start(PipelineSpec spec, RunHost host) {
    LiveCascade stages = LiveCascade.open(spec.name(), spec.cascade(), host);
    Sinks sinks = null;
    try {
      sinks = Sinks.open(spec.name(), spec.sinks(), host);
      PipelineRun run = new PipelineRun(spec, host, stages, sinks);
      run.worker.start(); // which starts the reader, and cleans up whatever comes of it
      return run;
    } catch (RuntimeException | Error e) {
      if (sinks != null) {
        sinks.close();
      }
      stages.close();
      throw e;
    }
  }

  /**
   * Waits for the end. An interrupt closes the run and stays set; the result of a run that does not
   * let itself be closed is what it came to so far.
   *
   * @throws IllegalStateException if called by a stage of this very run, which would never end then
   */
  public RunResult await() {
    if (onOwnThread()) {
      throw new IllegalStateException(
          spec.name() + ": a stage cannot wait for the end of its own run; call stop() instead");
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
    RunResult end = result;
    return end != null ? end : new RunResult.Stopped(counters.finalSummary());
  }

  /**
   * Waits for the end at most so long; empty if the run goes on, or the thread is interrupted,
   * which stays set.
   */
  public Optional<RunResult> await(Duration timeout) {
    try {
      if (!done.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
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
    return events.connected() && result == null ? Optional.of(source.stream()) : Optional.empty();
  }

  /** Returns how the stream is doing. */
  public StreamStatus status() {
    return source.status();
  }

  /** Ends reading without waiting; frames that were kept are still delivered. */
  public void stop() {
    stopping = true;
    attempt("end reading", this::endReading);
  }

  /**
   * Stops and waits for the end. Kept frames that are not done within a second are dropped. Called
   * by a stage of this very run, only stops. Closing again does nothing.
   */
  @Override
  public void close() {
    if (result != null) {
      return;
    }
    long start = System.nanoTime();
    stop();
    if (finishedBy(start + GRACE_NANOS)) {
      return;
    }
    counters.closed(mailbox.discard());
    interruptStages();
    if (stages.detects()) {
      thread("closer", stages::releaseDetectors).start(); // it may wait for a call that runs
    }
    if (!finishedBy(start + 2 * GRACE_NANOS)) {
      LOG.warn(
          "{}: closed, but a stage does not return; its threads end when it does", spec.name());
    }
  }

  /**
   * Closes, then has the metrics sink forget the stream: it is told {@code removed}, and nothing
   * after that.
   */
  public void remove() {
    close();
    removing = true; // before the result is looked at: one of both threads sees the other's
    if (result != null || !onOwnThread()) { // else there is more to count until it has returned
      counters.forget();
    }
  }

  /**
   * Returns whether the calling thread is one of this very run, as in a listener: it cannot wait
   * for the end.
   */
  public boolean onOwnThread() {
    return Thread.currentThread() == worker || Thread.currentThread() == reader;
  }

  /** Interrupts stages that do not return, but not sinks that are finishing their files. */
  private synchronized void interruptStages() {
    reader.interrupt();
    if (!finishing) {
      worker.interrupt();
    }
  }

  private synchronized void beginFinishing() {
    finishing = true;
    Thread.interrupted(); // was meant for a stage that did not return
  }

  private boolean finishedBy(long deadlineNanos) {
    if (onOwnThread()) {
      return true; // this very thread has to return first
    }
    boolean interrupted = Thread.interrupted();
    try {
      return done.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
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

  private void endReading() {
    stream.end();
    source.close();
  }

  private void read() {
    try (source) {
      stream.readAll(source);
    } catch (RuntimeException e) {
      if (!stream.ended()) { // else it is our own closing that made it fail
        failure.compareAndSet(null, e);
      }
    } catch (Error e) {
      failure.compareAndSet(null, e);
    } finally {
      mailbox.end();
    }
  }

  private void work() {
    try {
      reader.start();
      detection.workAll();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      end();
    }
  }

  /** Last act of the worker, whatever happened. */
  private void end() {
    boolean stopped = stopping; // by others: where the worker died, the reader must not go on alone
    beginFinishing();
    attempt("end reading", this::endReading);
    attempt("discard frames", () -> counters.closed(mailbox.discard()));
    joinReader();
    Throwable cause = failure.get();
    attempt(
        "tell of the end",
        () -> sinks.event(PipelineEvent.Type.ENDED, cause == null ? "" : message(cause)));
    sinks.close();
    stages.close();
    RunSummary summary = counters.finalSummary();
    if (cause != null) {
      result = new RunResult.Failed(summary, cause);
    } else {
      result = stopped ? new RunResult.Stopped(summary) : new RunResult.Completed(summary);
    }
    if (removing) {
      attempt("have metrics forget it", counters::forget);
    }
    done.countDown();
  }

  private void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("{}: could not {}", spec.name(), what, e);
    }
  }

  private static String message(Throwable cause) {
    return cause.getMessage() != null ? cause.getMessage() : cause.toString();
  }

  private void joinReader() {
    try {
      reader.join(TimeUnit.NANOSECONDS.toMillis(GRACE_NANOS));
    } catch (InterruptedException e) {
      LOG.debug("{}: interrupted while waiting for the reader", spec.name(), e);
    }
  }
}
