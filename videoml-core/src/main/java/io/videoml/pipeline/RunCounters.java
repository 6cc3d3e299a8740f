package io.videoml.pipeline;

import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.LatencyTracker;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts and times one run, and passes all of it on to the metrics sink. */
final class RunCounters {
  private final String stream;
  private volatile MetricsSink sink;
  private final Funnel funnel;
  private final LatencyTracker latency = new LatencyTracker();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<DropReason, AtomicLong> dropped = new EnumMap<>(DropReason.class);
  private final long startNanos = System.nanoTime();

  RunCounters(String stream, MetricsSink metrics, Funnel funnel) {
    this.stream = stream;
    this.funnel = funnel;
    this.sink = MetricsSink.composite(latency, metrics);
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new AtomicLong());
    }
  }

  void read(long frames) {
    read.addAndGet(frames);
    sink.framesRead(stream, frames);
  }

  long read() {
    return read.get();
  }

  Funnel funnel() {
    return funnel;
  }

  /** Counts frames that a stage stopped. */
  void dropped(StageCounter stage, DropReason reason, long frames) {
    stage.stopped(reason.code(), frames);
    count(reason, frames);
  }

  /** Counts a frame that the sampler stopped, by the sampler's own reason. */
  void sampledOut(String why) {
    funnel.sample().stoppedByUser(why);
    count(DropReason.SAMPLED_OUT, 1);
  }

  /** Counts frames that were waiting for the worker when the run ended. */
  void closed(long frames) {
    if (frames > 0) {
      dropped(funnel.mailbox(), DropReason.CLOSED, frames);
    }
  }

  private void count(DropReason reason, long frames) {
    AtomicLong count = dropped.get(reason);
    if (count != null) {
      count.addAndGet(frames);
      sink.framesDropped(stream, reason, frames);
    }
  }

  /** Counts a frame that failed in a stage. */
  void failed(StageCounter stage) {
    stage.stopped("failed", 1);
    failed.incrementAndGet();
    sink.frameFailed(stream);
  }

  void kept(Detections found, long totalNanos) {
    kept.incrementAndGet();
    sink.frameKept(stream, found);
    took(Stage.TOTAL, totalNanos);
  }

  void detected(Detections found) {
    took(Stage.PREPROCESS, found.preprocess().toNanos());
    took(Stage.INFERENCE, found.inference().toNanos());
    took(Stage.POSTPROCESS, found.postprocess().toNanos());
  }

  void took(Stage stage, long nanos) {
    sink.stageTook(stream, stage, nanos);
  }

  /** Tells metrics that the stream is gone, and nothing more. Again, does nothing. */
  void forget() {
    MetricsSink told;
    synchronized (this) {
      told = sink;
      sink = latency; // a stage that returns only now must not bring the stream back
    }
    if (told != latency) {
      told.removed(stream);
    }
  }

  /** Returns where the rest of what is measured goes, at the moment. */
  MetricsSink metrics() {
    return sink;
  }

  /** Returns the counts so far; frames on their way are read, and nothing else yet. */
  RunSummary summary() {
    return summary(/* ended= */ false);
  }

  /** Returns the counts of a run that has ended: what is still on its way will have no result. */
  RunSummary finalSummary() {
    return summary(/* ended= */ true);
  }

  private RunSummary summary(boolean ended) {
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    dropped.forEach(
        (reason, count) -> {
          if (count.get() > 0) {
            drops.put(reason, count.get());
          }
        });
    long keptNow = kept.get();
    long failedNow = failed.get();
    long readNow = read.get(); // last, so that it is never less than the others
    long onTheWay =
        readNow - keptNow - failedNow - drops.values().stream().mapToLong(Long::longValue).sum();
    if (ended && onTheWay > 0) {
      drops.merge(DropReason.CLOSED, onTheWay, Long::sum);
    }
    return new RunSummary(
        stream,
        readNow,
        keptNow,
        failedNow,
        drops,
        Duration.ofNanos(System.nanoTime() - startNanos),
        latency.snapshot(),
        funnel.summaries(read::get, ended));
  }
}
