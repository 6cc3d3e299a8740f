package io.videoml.pipeline;

import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.Stage;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream, samples it, and puts what is kept into the mailbox. Lives on the run's reader
 * thread.
 */
final class StreamReader {
  private final PipelineSpec spec;
  private final Mailbox mailbox;
  private final RunCounters counters;
  private final Sinks sinks;
  private final Queue<Detections> feedback = new ConcurrentLinkedQueue<>();
  private FrameSampler sampler;
  private long notDemanded;
  private boolean waitingForKeyFrame;
  private boolean ended;
  private @Nullable FrameInfo previous;

  StreamReader(
      PipelineSpec spec, FrameSampler sampler, Mailbox mailbox, RunCounters counters, Sinks sinks) {
    this.spec = spec;
    this.sampler = sampler;
    this.mailbox = mailbox;
    this.counters = counters;
    this.sinks = sinks;
  }

  DecodeDemand demand() {
    return sampler.demand();
  }

  /** Tells the sampler, at the next frame, what was found in one that it kept. */
  void feedback(Detections found) {
    feedback.add(found);
  }

  /** Reads until the stream or the run's limit ends. */
  void readAll(FrameReader reader) {
    DecodeDemand demand = sampler.demand();
    while (!ended && reader.tryAdvance(this::onFrame)) {
      countNotDemanded(reader);
      DecodeDemand wanted = sampler.demand();
      if (wanted != demand) {
        reader.demand(wanted);
        demand = wanted;
      }
    }
    countNotDemanded(reader);
  }

  private void countNotDemanded(FrameReader reader) {
    long all = reader.notDemanded();
    long fresh = Math.min(all - notDemanded, spec.maxFrames() - counters.read());
    notDemanded = all;
    if (fresh > 0) {
      counters.read(fresh);
      counters.dropped(DropReason.NOT_DEMANDED, fresh);
    }
    if (counters.read() >= spec.maxFrames()) {
      ended = true;
    }
  }

  private void onFrame(Frame frame) {
    FrameInfo info = frame.info();
    if (beyondLimit(info)) {
      ended = true;
      return;
    }
    counters.read(1);
    counters.took(Stage.DECODE, info.decodeNanos());
    noticeFormat(info);
    if (damaged(info)) {
      counters.dropped(DropReason.CORRUPT, 1);
      return;
    }
    SamplingDecision decision;
    try {
      decision = sample(frame);
    } catch (RuntimeException e) {
      counters.failed();
      sinks.event(
          PipelineEvent.Type.FRAME_FAILED, "sampler failed at frame " + info.index() + ": " + e);
      return;
    }
    if (decision.keep()) {
      handOver(frame.share(), decision);
    } else {
      counters.dropped(DropReason.SAMPLED_OUT, 1);
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
    if (before != null && (before.width() != info.width() || before.height() != info.height())) {
      sampler = spec.sampler().get();
      sinks.event(
          PipelineEvent.Type.FORMAT_CHANGED,
          before.width() + "x" + before.height() + " to " + info.width() + "x" + info.height());
    }
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
    for (Detections found = feedback.poll(); found != null; found = feedback.poll()) {
      sampler.feedback(found);
    }
    long start = System.nanoTime();
    SamplingDecision decision = sampler.decide(frame);
    counters.took(Stage.SAMPLE, System.nanoTime() - start);
    return decision;
  }

  private void handOver(OwnedFrame frame, SamplingDecision decision) {
    try {
      switch (mailbox.put(new KeptFrame(frame, decision))) {
        case ACCEPTED -> {}
        case REPLACED_OLDEST -> counters.dropped(DropReason.MAILBOX_FULL, 1);
        case REFUSED -> {
          counters.dropped(DropReason.CLOSED, 1);
          ended = true;
        }
      }
    } catch (InterruptedException e) {
      frame.close();
      counters.dropped(DropReason.CLOSED, 1);
      ended = true;
      Thread.currentThread().interrupt();
    }
  }
}
