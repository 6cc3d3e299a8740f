package io.videoml.inference;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Boxes that a head found in one picture, in pixels of the model input. Grows as needed and is
 * reused from picture to picture.
 *
 * <p>Threading: one thread.
 */
public final class Candidates {
  private static final int EDGES = 4;

  private final float threshold;
  private final @Nullable BitSet wanted;
  private float[] boxes = new float[64 * EDGES];
  private float[] scores = new float[64];
  private int[] classIds = new int[64];
  private long[] order = new long[64];
  private int size;

  /** Makes room for candidates of every class that score at least the threshold. */
  public Candidates(float threshold) {
    this(threshold, null);
  }

  /**
   * @param wanted ids of the classes to accept; all where null
   */
  Candidates(float threshold, @Nullable BitSet wanted) {
    if (!(threshold >= 0)) { // also refuses NaN
      throw new IllegalArgumentException("threshold must not be negative, was " + threshold);
    }
    this.threshold = threshold;
    this.wanted = wanted;
  }

  /**
   * Returns the least score that {@link #add} accepts, for heads to look no further at less likely
   * boxes.
   */
  public float threshold() {
    return threshold;
  }

  /**
   * Adds a box; does nothing where the score is below the threshold, the class is negative or not
   * wanted, or a number is not finite, as broken models give.
   */
  public void add(float x1, float y1, float x2, float y2, float score, int classId) {
    boolean accepted =
        score >= threshold && classId >= 0 && (wanted == null || wanted.get(classId));
    // One sum finds every NaN and infinity at once.
    if (!accepted
        || !Float.isFinite(score + Math.abs(x1) + Math.abs(y1) + Math.abs(x2) + Math.abs(y2))) {
      return;
    }
    if (size == scores.length) {
      grow();
    }
    put(size++, x1, y1, x2, y2, score, classId);
  }

  /** As {@link #add}, for a box given by its centre and size. */
  public void addCentered(
      float centerX, float centerY, float width, float height, float score, int classId) {
    float halfWidth = width / 2;
    float halfHeight = height / 2;
    add(
        centerX - halfWidth,
        centerY - halfHeight,
        centerX + halfWidth,
        centerY + halfHeight,
        score,
        classId);
  }

  private void put(int i, float x1, float y1, float x2, float y2, float score, int classId) {
    boxes[EDGES * i] = x1;
    boxes[EDGES * i + 1] = y1;
    boxes[EDGES * i + 2] = x2;
    boxes[EDGES * i + 3] = y2;
    scores[i] = score;
    classIds[i] = classId;
  }

  private void grow() {
    boxes = Arrays.copyOf(boxes, 2 * boxes.length);
    scores = Arrays.copyOf(scores, 2 * scores.length);
    classIds = Arrays.copyOf(classIds, 2 * classIds.length);
    order = new long[scores.length];
  }

  /** Removes all. */
  public void clear() {
    size = 0;
  }

  /** Returns the number of boxes. */
  public int size() {
    return size;
  }

  /** Returns the left edge of a box. */
  public float x1(int i) {
    return boxes[EDGES * i];
  }

  /** Returns the top edge of a box. */
  public float y1(int i) {
    return boxes[EDGES * i + 1];
  }

  /** Returns the right edge of a box. */
  public float x2(int i) {
    return boxes[EDGES * i + 2];
  }

  /** Returns the bottom edge of a box. */
  public float y2(int i) {
    return boxes[EDGES * i + 3];
  }

  /** Returns the score of a box; a broken model may give more than 1. */
  public float score(int i) {
    return scores[i];
  }

  /** Returns the class of a box. */
  public int classId(int i) {
    return classIds[i];
  }

  /**
   * Returns the places of all boxes in the low halves of the numbers, best score first, equal
   * scores in order of addition.
   */
  long[] order() {
    for (int i = 0; i < size; i++) {
      // Bits of non-negative floats sort as the floats do; the complement turns the order round.
      order[i] = ((long) ~Float.floatToRawIntBits(scores[i]) << 32) | i;
    }
    Arrays.sort(order, 0, size);
    return order;
  }

  /** Leaves only the boxes at these places, in this order. */
  void retain(int[] places, int count) {
    float[] keptBoxes = new float[EDGES * count];
    float[] keptScores = new float[count];
    int[] keptIds = new int[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(boxes, EDGES * places[i], keptBoxes, EDGES * i, EDGES);
      keptScores[i] = scores[places[i]];
      keptIds[i] = classIds[places[i]];
    }
    System.arraycopy(keptBoxes, 0, boxes, 0, EDGES * count);
    System.arraycopy(keptScores, 0, scores, 0, count);
    System.arraycopy(keptIds, 0, classIds, 0, count);
    size = count;
  }
}
