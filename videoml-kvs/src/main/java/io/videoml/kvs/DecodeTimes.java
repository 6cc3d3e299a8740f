package io.videoml.kvs;

import java.util.stream.LongStream;

/**
 * Makes up decoding times, which Matroska does not store. A picture that is stored before {@code k}
 * that are shown earlier must be decoded {@code k} pictures early; so, with {@code k} the most of
 * the stream, a picture's decoding time is the {@code k+1}-th latest time of all pictures up to it.
 * That never goes back, and is never later than the picture's own time. Without such pictures both
 * times are the same.
 *
 * <p>Before the first picture, times are counted back by as much as a picture takes: the first
 * decoding time shows {@code k} to decoders.
 *
 * <p>Where whole fragments are known before their pictures are passed on, {@code k} is exact; else
 * it starts at a guess, and the time goes back once where pictures turn out to be reordered deeper.
 */
final class DecodeTimes {
  /** As deep as H.264 and H.265 can reorder. */
  private static final int DEEPEST = 16;

  /** How far pictures are from each other, until more is known. */
  private static final long SPACING = 40_000_000;

  private final long[] latest = new long[DEEPEST + 1]; // rising
  private int known;
  private int depth;
  private long spacing = SPACING; // before the first picture, times are counted back by this
  private long last = Long.MIN_VALUE;

  /**
   * @param guess how deep pictures are reordered, until more is known
   */
  DecodeTimes(int guess) {
    depth = guess;
  }

  /** Looks at the times of pictures that come next, in the order of storage. */
  void learn(LongStream upcoming) {
    DecodeTimes trial = new DecodeTimes(depth);
    upcoming.forEach(trial::next);
    depth = trial.depth;
  }

  /** Says how far pictures are from each other. */
  void every(long nanos) {
    spacing = nanos;
  }

  /** Returns the decoding time of the next picture. */
  long next(long pts) {
    int later = 0;
    for (int i = 0; i < known; i++) {
      later += latest[i] > pts ? 1 : 0;
    }
    deepen(later);
    insert(pts);
    int index = known - 1 - depth;
    long dts = index >= 0 ? latest[index] : latest[0] + index * spacing;
    last = Math.min(pts, Math.max(last, dts));
    return last;
  }

  /** Forgets all: the stream's clock was set back. */
  void reset() {
    known = 0;
    last = Long.MIN_VALUE;
  }

  private void deepen(int reordered) {
    depth = Math.min(DEEPEST, Math.max(depth, reordered));
  }

  private void insert(long pts) {
    if (known == latest.length) {
      System.arraycopy(latest, 1, latest, 0, --known);
    }
    int place = known;
    while (place > 0 && latest[place - 1] > pts) {
      latest[place] = latest[place - 1];
      place--;
    }
    latest[place] = pts;
    known++;
  }
}
