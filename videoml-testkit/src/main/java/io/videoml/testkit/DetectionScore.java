package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well detections agree with the truth, over any number of frames: each detection, most
 * confident first, takes the free object of its class that it overlaps most, if the overlap (IoU)
 * is at least one half. What takes an object that is to be ignored counts for nothing.
 *
 * @param truePositives detections that took an object
 * @param falsePositives detections that found none
 * @param falseNegatives objects that no detection took
 */
public record DetectionScore(long truePositives, long falsePositives, long falseNegatives) {
  /** No frames yet. */
  public static final DetectionScore NONE = new DetectionScore(0, 0, 0);

  private static final float MATCHING_IOU = 0.5f;

  /**
   * What is in a frame.
   *
   * @param classId the class, as detections number it
   * @param box where it is, in pixels
   * @param ignore whether it may be found or not, being small or covered
   */
  public record Truth(int classId, Box box, boolean ignore) {
    public Truth {
      requireNonNull(box, "box");
    }
  }

  /** Returns the score of one frame. */
  public static DetectionScore of(Iterable<Detection> detections, List<Truth> truth) {
    List<Detection> sorted = new ArrayList<>();
    detections.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Detection::confidence).reversed());
    List<Truth> wanted =
        new ArrayList<>(truth.stream().filter(object -> !object.ignore()).toList());
    List<Truth> ignored = truth.stream().filter(Truth::ignore).toList();
    long hits = 0;
    long misses = 0;
    for (Detection detection : sorted) {
      Optional<Truth> match = best(detection, wanted);
      if (match.isPresent()) {
        wanted.remove(match.get());
        hits++;
      } else if (best(detection, ignored).isEmpty()) {
        misses++;
      }
    }
    return new DetectionScore(hits, misses, wanted.size());
  }

  /** Returns the score of these frames and those of the other. */
  public DetectionScore plus(DetectionScore other) {
    return new DetectionScore(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives);
  }

  /** Returns the share of detections that are right, 0 to 1; 1 where there are none. */
  public double precision() {
    return share(truePositives, falsePositives);
  }

  /** Returns the share of objects that were found, 0 to 1; 1 where there are none. */
  public double recall() {
    return share(truePositives, falseNegatives);
  }

  private static double share(long right, long wrong) {
    return right + wrong == 0 ? 1 : (double) right / (right + wrong);
  }

  private static Optional<Truth> best(Detection detection, List<Truth> candidates) {
    return candidates.stream()
        .filter(object -> object.classId() == detection.classId())
        .filter(object -> object.box().iou(detection.box()) >= MATCHING_IOU)
        .max(Comparator.comparing(object -> object.box().iou(detection.box())));
  }
}
