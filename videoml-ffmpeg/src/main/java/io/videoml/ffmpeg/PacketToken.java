package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream of packets: the frame that was shown last.
 *
 * @param index its index
 * @param ticks its timestamp
 * @param nanos its media time
 * @param inner where the packets go on
 */
record PacketToken(long index, long ticks, long nanos, ResumePosition inner) implements FrameToken {
  private static final String PREFIX = "packets/1;";
  private static final int RADIX = 36;
  // A number of 64 bits has 13 digits to that base, and perhaps a sign; each ends with a semicolon.
  private static final int LONGEST_INNER =
      ResumePosition.MAX_LENGTH - PREFIX.length() - 3 * (13 + 2);
  private static final Pattern TEXT =
      Pattern.compile(
          PREFIX + "([0-9a-z]{1,13});(-?[0-9a-z]{1,13});([0-9a-z]{1,13});(.+)", Pattern.DOTALL);

  /** Returns a place; null where its text would be too long. */
  static @Nullable PacketToken of(long index, long ticks, long nanos, ResumePosition inner) {
    boolean fits = inner.token().length() <= LONGEST_INNER;
    return fits ? new PacketToken(index, ticks, nanos, inner) : null;
  }

  @Override
  public ResumePosition position() {
    return new ResumePosition(
        PREFIX + text(index) + ';' + text(ticks) + ';' + text(nanos) + ';' + inner.token());
  }

  static PacketToken of(ResumePosition position, String source) {
    Matcher text = TEXT.matcher(position.token());
    if (text.matches()) {
      try {
        return new PacketToken(
            number(text.group(1)),
            number(text.group(2)),
            number(text.group(3)),
            new ResumePosition(text.group(4)));
      } catch (IllegalArgumentException e) {
        // not one of ours: below
      }
    }
    throw new SourceException(
        Kind.CONFIGURATION,
        source,
        "cannot resume at \"" + position.token() + "\", which is of another kind of source");
  }

  private static String text(long number) {
    return Long.toString(number, RADIX);
  }

  private static long number(String text) {
    return Long.parseLong(text, RADIX);
  }
}
