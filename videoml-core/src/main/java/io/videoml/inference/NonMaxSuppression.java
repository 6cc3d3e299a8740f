package io.videoml.inference;

/**
 * Keeps the best of boxes that overlap: greedy, best score first.
 *
 * <p>Threading: keeps nothing; the candidates belong to one thread.
 */
public final class NonMaxSuppression {
  private NonMaxSuppression() {}

  /**
   * Leaves the boxes that no better one suppresses, best first; of equal scores, the one added
   * first is the better. A box is suppressed by a kept one whose shared area divided by the joint
   * area is greater than {@code iou}.
   *
   * @param iou from 0 to 1; with 1 nothing is suppressed
   * @param acrossClasses whether boxes of different classes suppress each other
   * @param limit how many boxes to keep at most, at least 0
   */
  public static void apply(Candidates boxes, float iou, boolean acrossClasses, int limit) {
    if (!(iou >= 0 && iou <= 1)) { // also refuses NaN
      throw new IllegalArgumentException("iou must be within 0..1, was " + iou);
    }
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, was " + limit);
    }
    int size = boxes.size();
    if (size == 0) {
      return;
    }
    long[] order = boxes.order();
    int[] kept = new int[Math.min(size, limit)];
    int count = 0;
    for (int i = 0; i < size && count < kept.length; i++) {
      int candidate = (int) order[i];
      if (iou >= 1 || !suppressed(boxes, candidate, kept, count, iou, acrossClasses)) {
        kept[count++] = candidate;
      }
    }
    boxes.retain(kept, count);
  }

  private static boolean suppressed(
      Candidates boxes, int candidate, int[] kept, int count, float iou, boolean acrossClasses) {
    float x1 = boxes.x1(candidate);
    float y1 = boxes.y1(candidate);
    float x2 = boxes.x2(candidate);
    float y2 = boxes.y2(candidate);
    float area = (x2 - x1) * (y2 - y1);
    for (int k = 0; k < count; k++) {
      int other = kept[k];
      float width = Math.min(x2, boxes.x2(other)) - Math.max(x1, boxes.x1(other));
      float height = Math.min(y2, boxes.y2(other)) - Math.max(y1, boxes.y1(other));
      if (width <= 0
          || height <= 0
          || !(acrossClasses || boxes.classId(other) == boxes.classId(candidate))) {
        continue;
      }
      float shared = width * height;
      float otherArea = (boxes.x2(other) - boxes.x1(other)) * (boxes.y2(other) - boxes.y1(other));
      if (shared > iou * (area + otherArea - shared)) {
        return true;
      }
    }
    return false;
  }
}
