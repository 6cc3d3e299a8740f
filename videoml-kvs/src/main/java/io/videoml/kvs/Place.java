package io.videoml.kvs;

import io.videoml.frame.ResumePosition;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a stream: right after a frame was shown. As text it has at most 170 characters with
 * the longest numbers, about 90 with those in use.
 *
 * @param start where to ask for fragments: before the one whose key frame the next ones need
 * @param number the fragment of the frame that was shown last
 * @param shown which frame of it; empty where all of them were
 */
record Place(KvsStart start, FragmentNumber number, Optional<Shown> shown) {
  private static final String PREFIX = "kvs/1;";
  private static final Pattern TEXT =
      Pattern.compile(
          "kvs/1;(?:(@-?[0-9a-z]{1,13}|[\\w-]{1,80});)?([\\w-]{1,80})"
              + "(?:;(-?[0-9a-z]{1,13});([0-9a-z]{1,7}))?");
  private static final int RADIX = Character.MAX_RADIX;

  /**
   * A frame of a fragment. Frames are shown in the order of their times, and stored in another.
   *
   * @param offsetNanos its time from the cluster's
   * @param index its place in storage, for frames of the same time
   */
  record Shown(long offsetNanos, int index) implements Comparable<Shown> {
    @Override
    public int compareTo(Shown other) {
      int order = Long.compare(offsetNanos, other.offsetNanos);
      return order != 0 ? order : Integer.compare(index, other.index);
    }
  }

  /** Returns the place after a whole fragment. */
  static Place after(FragmentNumber number) {
    return new Place(KvsStart.after(number), number, Optional.empty());
  }

  /** Returns whether a frame was shown before this place was reached. */
  boolean covers(FragmentNumber fragment, Shown frame) {
    int order = fragment.compareTo(number);
    return order < 0 || (order == 0 && (shown.isEmpty() || frame.compareTo(shown.get()) <= 0));
  }

  ResumePosition position() {
    if (shown.isEmpty()) {
      return new ResumePosition(PREFIX + text(number));
    }
    return new ResumePosition(
        PREFIX
            + text(start)
            + ";"
            + text(number)
            + ";"
            + Long.toString(shown.get().offsetNanos(), RADIX)
            + ";"
            + Integer.toString(shown.get().index(), RADIX));
  }

  static Place of(ResumePosition position, String source) {
    Matcher text = TEXT.matcher(position.token());
    if (text.matches() && (text.group(1) == null) == (text.group(3) == null)) {
      try {
        FragmentNumber number = number(text.group(2));
        return text.group(1) == null
            ? after(number)
            : new Place(start(text.group(1)), number, Optional.of(shown(text)));
      } catch (IllegalArgumentException e) {
        // Falls through: well-formed at first sight only.
      }
    }
    throw new SourceException(
        Kind.CONFIGURATION,
        source,
        "cannot resume at \"" + position.token() + "\", which is of another kind of source");
  }

  private static Shown shown(Matcher text) {
    return new Shown(Long.parseLong(text.group(3), RADIX), Integer.parseInt(text.group(4), RADIX));
  }

  private static String text(KvsStart start) {
    if (start instanceof KvsStart.After after) {
      return text(after.number());
    }
    if (start instanceof KvsStart.ServerTime server) {
      return "@" + Long.toString(server.time().toEpochMilli(), RADIX);
    }
    throw new IllegalArgumentException("no place begins at " + start);
  }

  private static KvsStart start(String text) {
    return text.startsWith("@")
        ? KvsStart.serverTime(Instant.ofEpochMilli(Long.parseLong(text.substring(1), RADIX)))
        : KvsStart.after(number(text));
  }

  /** Base 64 makes 72 characters of 128 digits; the leading 1 keeps leading zeros. */
  private static String text(FragmentNumber number) {
    byte[] bytes = new BigInteger("1" + number.digits()).toByteArray();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static FragmentNumber number(String text) {
    String digits = new BigInteger(Base64.getUrlDecoder().decode(text)).toString();
    if (!digits.startsWith("1")) {
      throw new IllegalArgumentException("no fragment number: " + text);
    }
    return new FragmentNumber(digits.substring(1));
  }
}
