package io.videoml.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts what a detector found of a reference, and what else. */
final class Agreement {
  /** As the references have it: what is closer to the threshold may be there or not. */
  private static final double BORDER = 0.05;

  private final double threshold;
  private int expected;
  private int matched;
  private int extra;
  private double worstIou = 1;
  private double worstConfidence;
  private final List<String> differences = new ArrayList<>();

  Agreement(double threshold) {
    this.threshold = threshold;
  }

  void add(String frame, JsonNode reference, Detections detections) {
    List<Detection> rest = new ArrayList<>(detections.objects());
    for (JsonNode object : reference) {
      boolean counts = !object.get("borderline").asBoolean();
      Detection match = match(object, rest);
      if (match != null) {
        rest.remove(match);
      }
      expected += counts ? 1 : 0;
      matched += counts && match != null ? 1 : 0;
      if (match != null && counts) {
        worstIou = Math.min(worstIou, match.box().iou(box(object)));
        double distance = Math.abs(match.confidence() - object.get("score").asDouble());
        worstConfidence = Math.max(worstConfidence, distance);
      } else if (counts) {
        differences.add(frame + " lacks " + object);
      }
    }
    rest.removeIf(detection -> detection.confidence() < threshold + BORDER);
    extra += rest.size();
    rest.forEach(detection -> differences.add(frame + " has besides " + detection));
  }

  private static Detection match(JsonNode object, List<Detection> candidates) {
    Detection best = null;
    for (Detection candidate : candidates) {
      boolean close =
          candidate.classId() == object.get("class_id").asInt()
              && Math.abs(candidate.confidence() - object.get("score").asDouble()) <= 0.1
              && candidate.box().iou(box(object)) >= 0.8;
      if (close
          && (best == null || candidate.box().iou(box(object)) > best.box().iou(box(object)))) {
        best = candidate;
      }
    }
    return best;
  }

  private static Box box(JsonNode object) {
    JsonNode edges = object.get("xyxy");
    return new Box(
        (float) edges.get(0).asDouble(),
        (float) edges.get(1).asDouble(),
        (float) edges.get(2).asDouble(),
        (float) edges.get(3).asDouble());
  }

  double found() {
    return (double) matched / expected;
  }

  double extra() {
    return (double) extra / expected;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d reference boxes found, %d besides; least IoU %.3f, confidence off by at most %.3f %s",
        matched,
        expected,
        extra,
        worstIou,
        worstConfidence,
        differences);
  }
}
