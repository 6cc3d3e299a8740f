package io.videoml.testkit;

import io.videoml.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts how far a detector agrees with what another engine found with the same model: same class,
 * IoU of at least 0.8, confidence within 0.1. What lies within 0.05 above the threshold may be
 * there or not.
 *
 * <p>Threading: one thread.
 */
public final class DetectionAgreement {
  private static final float LEAST_IOU = 0.8f;
  private static final float CONFIDENCE = 0.1f;
  private static final float BORDER = 0.05f;

  private final float border;
  private final List<String> differences = new ArrayList<>();
  private int expected;
  private int matched;
  private int extra;
  private float worstIou = 1;
  private float worstConfidence;

  /**
   * @param threshold the confidence from which on both report objects
   */
  public DetectionAgreement(float threshold) {
    this.border = threshold + BORDER;
  }

  /**
   * Compares one frame.
   *
   * @param frame its name, for {@link #toString}
   */
  public void add(String frame, List<Detection> reference, List<Detection> found) {
    List<Detection> rest = new ArrayList<>(found);
    for (Detection wanted : reference) {
      Optional<Detection> match = match(wanted, rest);
      match.ifPresent(rest::remove);
      if (wanted.confidence() >= border) {
        count(frame, wanted, match);
      }
    }
    for (Detection besides : rest) {
      if (besides.confidence() >= border) {
        extra++;
        differences.add(frame + " has besides " + besides);
      }
    }
  }

  private void count(String frame, Detection wanted, Optional<Detection> match) {
    expected++;
    if (match.isEmpty()) {
      differences.add(frame + " lacks " + wanted);
      return;
    }
    matched++;
    worstIou = Math.min(worstIou, match.get().box().iou(wanted.box()));
    worstConfidence =
        Math.max(worstConfidence, Math.abs(match.get().confidence() - wanted.confidence()));
  }

  private static Optional<Detection> match(Detection wanted, List<Detection> candidates) {
    return candidates.stream()
        .filter(
            found ->
                found.classId() == wanted.classId()
                    && Math.abs(found.confidence() - wanted.confidence()) <= CONFIDENCE
                    && found.box().iou(wanted.box()) >= LEAST_IOU)
        .max(Comparator.comparing(found -> found.box().iou(wanted.box())));
  }

  /** Returns the part of the reference's objects that was found; 1 where it has none. */
  public double found() {
    return expected == 0 ? 1 : (double) matched / expected;
  }

  /** Returns how many objects were found besides, as a part of the reference's. */
  public double extra() {
    return (double) extra / Math.max(1, expected);
  }

  /** Returns the figures in a line, then each difference in a line of its own. */
  @Override
  public String toString() {
    String figures =
        String.format(
            Locale.ROOT,
            "%d of %d reference objects found, %d besides; least IoU %.3f, confidence off by at"
                + " most %.3f",
            matched,
            expected,
            extra,
            worstIou,
            worstConfidence);
    return differences.isEmpty() ? figures : figures + "\n  " + String.join("\n  ", differences);
  }
}
