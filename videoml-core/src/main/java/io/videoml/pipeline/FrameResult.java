package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detections;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.sampling.SamplingDecision;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one kept frame after detection. Holds no pixels, and can travel.
 *
 * <p>Threading: immutable.
 */
public final class FrameResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String stream;
  private final FrameInfo frame;
  private final SamplingDecision decision;
  private final Detections detections;
  private final Duration total;
  private final @Nullable ResumePosition position;
  private final Map<String, Detections> stages;

  /** Makes a result without stages to tell apart. */
  public FrameResult(
      String stream,
      FrameInfo frame,
      SamplingDecision decision,
      Detections detections,
      Duration total,
      Optional<ResumePosition> position) {
    this(stream, frame, decision, detections, total, position, Map.of());
  }

  /**
   * @param stream name of the pipeline or camera
   * @param frame the frame that was looked at
   * @param decision why it was kept
   * @param detections what was found; {@link Detections#NONE} in a pipeline without a detector
   * @param total from the frame's arrival at the reader until now
   * @param position where reading can go on after this frame
   * @param stages what each detector found, by its key
   */
  public FrameResult(
      String stream,
      FrameInfo frame,
      SamplingDecision decision,
      Detections detections,
      Duration total,
      Optional<ResumePosition> position,
      Map<String, Detections> stages) {
    this.stream = requireNonNull(stream, "stream");
    this.frame = requireNonNull(frame, "frame");
    this.decision = requireNonNull(decision, "decision");
    this.detections = requireNonNull(detections, "detections");
    this.total = requireNonNull(total, "total");
    this.position = position.orElse(null);
    this.stages = Map.copyOf(stages);
  }

  /** Returns the name of the pipeline or camera. */
  public String stream() {
    return stream;
  }

  /** Returns the frame that was looked at. */
  public FrameInfo frame() {
    return frame;
  }

  /** Returns why the frame was kept. */
  public SamplingDecision decision() {
    return decision;
  }

  /** Returns what was found; in a cascade, by the last detector. */
  public Detections detections() {
    return detections;
  }

  /**
   * Returns what one detector of a cascade found; empty where there is none of that name before.
   *
   * @param detector its key
   */
  public Optional<Detections> stage(String detector) {
    return Optional.ofNullable(stages.get(detector));
  }

  /** Returns the time from the frame's arrival at the reader to this result. */
  public Duration total() {
    return total;
  }

  /** Returns where reading can go on after this frame; empty where the source cannot resume. */
  public Optional<ResumePosition> position() {
    return Optional.ofNullable(position);
  }

  @Override
  public String toString() {
    return stream + "#" + frame.index() + " at " + frame.time().pts() + ": " + detections.objects();
  }
}
