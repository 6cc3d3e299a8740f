package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file: the frame that was read last.
 *
 * @param index its index
 * @param ticks its timestamp, in the stream's own unit
 * @param origin the timestamp that media time is counted from
 * @param originNanos the media time of that timestamp
 */
record ResumeToken(long index, long ticks, long origin, long originNanos) implements FrameToken {
  private static final Pattern TEXT =
      Pattern.compile("ffmpeg/1;(\\d{1,18});(-?\\d{1,18});(-?\\d{1,18});(\\d{1,18})");

  @Override
  public ResumePosition position() {
    return new ResumePosition("ffmpeg/1;" + index + ";" + ticks + ";" + origin + ";" + originNanos);
  }

  static ResumeToken of(ResumePosition position, String source) {
    Matcher text = TEXT.matcher(position.token());
    if (!text.matches()) {
      throw new SourceException(
          Kind.CONFIGURATION,
          source,
          "cannot resume at \"" + position.token() + "\", which is of another kind of source");
    }
    return new ResumeToken(
        Long.parseLong(text.group(1)),
        Long.parseLong(text.group(2)),
        Long.parseLong(text.group(3)),
        Long.parseLong(text.group(4)));
  }
}
