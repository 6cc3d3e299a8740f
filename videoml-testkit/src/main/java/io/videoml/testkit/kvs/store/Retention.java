package io.videoml.testkit.kvs.store;

/**
 * How much a stream keeps; the oldest goes first. The newest fragment stays, whatever its size.
 *
 * @param fragments at most so many, at least 1
 * @param bytes at most so many, at least 1
 */
public record Retention(int fragments, long bytes) {
  /** 10,000 fragments of 256 MB. */
  public static final Retention DEFAULT = new Retention(10_000, 256_000_000);

  public Retention {
    if (fragments < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "a stream must keep at least 1 fragment and 1 byte, was %d and %d"
              .formatted(fragments, bytes));
    }
  }
}
