package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The number that the service gives to a fragment; later fragments of a stream have higher ones,
 * with gaps.
 *
 * @param digits 1 to 128 decimal digits, as the service writes them
 */
public record FragmentNumber(String digits) implements Comparable<FragmentNumber>, Serializable {
  /** The most digits that the service uses. */
  public static final int MAX_DIGITS = 128;

  /**
   * @throws IllegalArgumentException if it is not a number of that length
   */
  public FragmentNumber {
    requireNonNull(digits, "digits");
    if (!wellFormed(digits)) {
      throw new IllegalArgumentException(
          "a fragment number is 1 to %d digits, was \"%s\"".formatted(MAX_DIGITS, digits));
    }
  }

  /** Returns whether a text is a fragment number. */
  public static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_DIGITS;
  }

  /**
   * Compares as numbers: leading zeros count for nothing here, though they do in {@code equals}.
   */
  @Override
  public int compareTo(FragmentNumber other) {
    String mine = significant(digits);
    String theirs = significant(other.digits);
    return mine.length() == theirs.length()
        ? mine.compareTo(theirs)
        : Integer.compare(mine.length(), theirs.length());
  }

  @Override
  public String toString() {
    return digits;
  }

  private static String significant(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
