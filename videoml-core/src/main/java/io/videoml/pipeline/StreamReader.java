package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Samples one stream and puts what is kept into the mailbox. Lives on the run's reader thread. */
final class StreamReader {
  private final PipelineSpec spec;
  private final Mailbox mailbox;
  private final RunCounters counters;
  private final Sinks sinks;
  private final FailureLog failures;
  private final Queue<Found> feedback = new ConcurrentLinkedQueue<>();
  private FrameSampler sampler;
  private long notDemanded;
  private boolean waitingForKeyFrame;
  private volatile boolean ended;
  private @Nullable FrameInfo previous;

  /** Makes the sampler, so that one that cannot be made is found out before anything starts. */
  StreamReader(PipelineSpec spec, Mailbox mailbox, RunCounters counters, Sinks sinks) {
    this.spec = spec;
    this.mailbox = mailbox;
    this.counters = counters;
    this.sinks = sinks;
    this.failures = new FailureLog(spec.name());
    this.sampler = newSampler();
  }

  DecodeDemand demand() {
    return sampler.demand();
  }

  /** Tells the sampler, at the next frame, what was found in one that it kept. From any thread. */
  void feedback(FrameInfo frame, Detections found) {
    feedback.add(new Found(frame, found));
  }

  private record Found(FrameInfo frame, Detections detections) {}

  /** Ends reading after the frame that is being handled. From any thread. */
  void end() {
    ended = true;
  }

  /** Returns whether reading was to end. */
  boolean ended() {
    return ended;
  }

  /** Reads until the stream or the run's limit ends. */
  void readAll(FrameReader reader) {
    DecodeDemand demand = demand();
    try {
      while (!ended && reader.tryAdvance(this::onFrame)) {
        countNotDemanded(reader);
        DecodeDemand wanted = sampler.demand();
        if (wanted != demand) {
          reader.demand(wanted);
          demand = wanted;
        }
      }
    } finally {
      countNotDemanded(reader);
    }
  }

  private void countNotDemanded(FrameReader reader) {
    long all = reader.notDemanded();
    long fresh = Math.min(all - notDemanded, spec.maxFrames() - counters.read());
    notDemanded = all;
    if (fresh > 0) {
      counters.read(fresh);
      counters.dropped(counters.funnel().decode(), DropReason.NOT_DEMANDED, fresh);
    }
    if (counters.read() >= spec.maxFrames()) {
      end();
    }
  }

  private void onFrame(Frame frame) {
    FrameInfo info = frame.info();
    if (beyondLimit(info)) {
      end();
      return;
    }
    noticeFormat(info);
    counters.read(1); // from here on, exactly one of kept, failed and dropped follows
    counters.took(Stage.DECODE, info.decodeNanos());
    noticeDrift(info.time());
    if (damaged(info)) {
      counters.dropped(counters.funnel().decode(), DropReason.CORRUPT, 1);
      return;
    }
    counters.funnel().decode().passed();
    SamplingDecision decision;
    Optional<KeptFrame> kept;
    try {
      decision = sample(frame);
      kept =
          decision.keep() ? Optional.of(new KeptFrame(frame.share(), decision)) : Optional.empty();
    } catch (RuntimeException e) {
      counters.failed(counters.funnel().sample());
      String what = "sampler failed at frame " + info.index() + ": " + e;
      failures.report(what, e);
      sinks.event(PipelineEvent.Type.FRAME_FAILED, what);
      return;
    } catch (Error e) {
      counters.failed(counters.funnel().sample());
      throw e;
    }
    if (kept.isPresent()) {
      handOver(kept.get());
    } else {
      counters.sampledOut(decision.reason());
    }
  }

  private boolean beyondLimit(FrameInfo info) {
    Duration limit = spec.maxDuration().orElse(null);
    return info.index() >= spec.maxFrames()
        || (limit != null && info.time().pts().compareTo(limit) >= 0);
  }

  private void noticeFormat(FrameInfo info) {
    FrameInfo before = previous;
    previous = info;
    if (before != null && !before.sameFormat(info)) {
      sampler = newSampler();
      sinks.event(PipelineEvent.Type.FORMAT_CHANGED, format(before) + " to " + format(info));
    }
  }

  /** Measures the camera's clock by ours, where the capture time is of the camera's. */
  private void noticeDrift(FrameTime time) {
    if (time.capturedFrom() == CaptureClock.RTCP_SENDER
        || time.capturedFrom() == CaptureClock.KVS_PRODUCER) {
      Instant arrived = Instant.now().minusNanos(System.nanoTime() - time.arrivalNanos());
      Duration ahead = Duration.between(time.captured(), arrived);
      if (ahead.abs().compareTo(Duration.ofDays(100_000)) < 0) { // else it is no clock
        counters.metrics().captureDrift(spec.name(), ahead.toNanos());
      }
    }
  }

  private static String format(FrameInfo info) {
    return info.width() + "x" + info.height() + " " + info.format();
  }

  private FrameSampler newSampler() {
    return requireNonNull(spec.sampler().get(), "the factory of the sampler made null");
  }

  private boolean damaged(FrameInfo info) {
    if (spec.corruptFrames() == CorruptFrames.DELIVER) {
      return false;
    }
    if (info.corrupt()) {
      waitingForKeyFrame = spec.corruptFrames() == CorruptFrames.WAIT_FOR_KEY_FRAME;
      return true;
    }
    if (info.keyFrame()) {
      waitingForKeyFrame = false;
    }
    return waitingForKeyFrame;
  }

  private SamplingDecision sample(Frame frame) {
    for (Found found = feedback.poll(); found != null; found = feedback.poll()) {
      if (found.frame().sameFormat(frame.info())) { // else its boxes are in pixels of the old size
        sampler.feedback(found.detections());
      }
    }
    long start = System.nanoTime();
    SamplingDecision decision = sampler.decide(frame);
    counters.took(Stage.SAMPLE, System.nanoTime() - start);
    return decision;
  }

  private void handOver(KeptFrame kept) {
    StageCounter waiting = counters.funnel().mailbox();
    counters.funnel().sample().passed();
    try {
      switch (mailbox.put(kept)) {
        case ACCEPTED -> {}
        case REPLACED_OLDEST -> counters.dropped(waiting, DropReason.MAILBOX_FULL, 1);
        case REFUSED -> {
          counters.dropped(waiting, DropReason.CLOSED, 1);
          end();
        }
      }
    } catch (InterruptedException e) {
      kept.frame().close();
      counters.dropped(waiting, DropReason.CLOSED, 1);
      end();
      Thread.currentThread().interrupt();
    }
  }
}
