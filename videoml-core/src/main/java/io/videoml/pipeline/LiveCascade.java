package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.cascade.BudgetMeter;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.metrics.DropReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of one run: holds its detectors, owns its uplinks, meters its budgets. */
final class LiveCascade implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String stream;
  private final int detectorsInAll;
  private final RunHost host;
  private final List<Step> steps = new ArrayList<>();
  private final List<SharedDetectors.Lease> detectors = new ArrayList<>();
  private final List<Uplink> uplinks = new ArrayList<>();
  private final List<BudgetMeter> meters = new ArrayList<>();

  private LiveCascade(String stream, int detectorsInAll, RunHost host) {
    this.stream = stream;
    this.detectorsInAll = detectorsInAll;
    this.host = host;
  }

  /** What a step does with a frame. */
  interface Work {
    /** Returns why the frame stops here; empty if it goes on. */
    Optional<DropReason> on(Passage passage);
  }

  /**
   * One step.
   *
   * @param stage number of the stage that it belongs to, from 0
   * @param what it is, for messages
   * @param failures a log of its own: what fails in one step does not hide another's
   * @param undetecting whether no detector is asked from here on
   */
  record Step(int stage, String what, Work work, FailureLog failures, boolean undetecting) {}

  /** Makes all stages; where one cannot be made, gives back those before it. */
  static LiveCascade open(String stream, Cascade cascade, RunHost host) {
    LiveCascade opened = new LiveCascade(stream, cascade.detectors().size(), host);
    try {
      int stage = -1;
      for (CascadeStep step : cascade.steps()) {
        stage += step.stage().isPresent() ? 1 : 0;
        opened.open(stage, step);
      }
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void open(int stage, CascadeStep step) {
    if (step instanceof CascadeStep.AllFrames) {
      add(stage, "frames", passage -> Optional.empty());
    } else if (step instanceof DetectStage detect) {
      SharedDetectors.Lease lease = SharedDetectors.ofProcess().acquire(detect);
      try {
        Detector detector = host.detector(detect.key(), lease.detector());
        add(stage, "detector " + detect.key(), detecting(detect.key(), detector));
      } finally {
        detectors.add(lease); // after its own step, which is one that detects
      }
    } else if (step instanceof CascadeStep.Send send) {
      String name = send.name();
      Uplink uplink = requireNonNull(send.factory().get(), "the factory of an uplink made null");
      uplinks.add(uplink);
      add(stage, "uplink " + name, sending(name, uplink, List.copyOf(meters)));
    } else if (step instanceof CascadeStep.When gate) {
      add(
          stage,
          "condition on " + gate.detector(),
          passage ->
              unless(
                  gate.condition().matches(passage.foundBy(gate.detector())), DropReason.NO_MATCH));
    } else if (step instanceof CascadeStep.Within gate) {
      BudgetMeter meter = gate.budget().start();
      meters.add(meter);
      add(stage, "budget", passage -> unless(meter.tryCall(passage.pts()), DropReason.BUDGET));
    }
  }

  private void add(int stage, String what, Work work) {
    boolean undetecting = detectors.size() == detectorsInAll;
    steps.add(new Step(stage, what, work, new FailureLog(stream), undetecting));
  }

  private static Optional<DropReason> unless(boolean goesOn, DropReason reason) {
    return goesOn ? Optional.empty() : Optional.of(reason);
  }

  private static Work detecting(String key, Detector detector) {
    return passage -> {
      Detections found =
          requireNonNull(detector.detect(passage.frame()), "the detector returned null");
      passage.found(key, found);
      return Optional.empty();
    };
  }

  private static Work sending(String name, Uplink uplink, List<BudgetMeter> payers) {
    return passage -> {
      long bytes = send(name, uplink, passage);
      if (bytes < 0) {
        throw new IllegalStateException(
            "uplink " + name + " says that it sent " + bytes + " bytes");
      }
      payers.forEach(meter -> meter.sent(bytes));
      return Optional.empty();
    };
  }

  private static long send(String name, Uplink uplink, Passage passage) {
    try {
      return uplink.send(passage.frame(), passage.soFar());
    } catch (IOException e) {
      throw new UncheckedIOException(e.toString(), e);
    } catch (InterruptedException e) { // it was meant for the uplink, which has given up
      throw new IllegalStateException("interrupted while uplink " + name + " was sending", e);
    }
  }

  List<Step> steps() {
    return steps;
  }

  boolean detects() {
    return !detectors.isEmpty();
  }

  /**
   * Gives back the detectors. The last holder's close cancels a call that runs; it may also wait
   * for it.
   */
  void releaseDetectors() {
    detectors.forEach(lease -> attempt("release a detector", lease));
  }

  /** Closes the uplinks and gives back the detectors, whatever they throw. */
  @Override
  public void close() {
    uplinks.forEach(uplink -> attempt("close an uplink", uplink));
    releaseDetectors();
  }

  private void attempt(String what, AutoCloseable part) {
    try {
      part.close();
    } catch (Exception | Error e) {
      LOG.warn("{}: could not {}", stream, what, e);
    }
  }
}
