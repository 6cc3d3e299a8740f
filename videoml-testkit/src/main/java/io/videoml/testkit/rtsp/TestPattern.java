package io.videoml.testkit.rtsp;

import io.videoml.frame.Frame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The picture that a {@link FaultyRtspServer} shows, and how to tell whether a frame shows it: a
 * decoder that joins in the middle of a GOP, or that lost packets, makes grey or green pictures
 * instead.
 *
 * <p>SMPTE colour bars. The upper two thirds are seven bars of equal width: white, yellow, cyan,
 * green, magenta, red, blue, with the luma 235, 210, 170, 145, 106, 81, 41 (BT.601, limited range,
 * at any size; JPEG says full range, with the same numbers). Of the lowest quarter, the second
 * sixth is white, the seventh twelfth black, and the last quarter of its width is noise, another in
 * every frame: so no two frames are alike, and a frozen picture can be told from a live one.
 *
 * <p>Threading: any thread that may read the frame.
 */
public final class TestPattern {
  private static final int[] BARS = {235, 210, 170, 145, 106, 81, 41};
  private static final int WHITE = 235;
  private static final int BLACK = 16;

  /** Less than what lies between two neighbouring bars, more than what compression changes. */
  private static final int TOLERANCE = 20;

  private TestPattern() {}

  /** Returns whether the frame shows the pattern, of any size and format. Looks at luma. */
  public static boolean matches(Frame frame) {
    return mismatch(frame).isEmpty();
  }

  /** Returns where the frame does not show the pattern, for a message; empty where it does. */
  public static Optional<String> mismatch(Frame frame) {
    for (int row = 1; row < 8; row += 2) {
      for (int bar = 0; bar < BARS.length; bar++) {
        Optional<String> found =
            check(frame, (2 * bar + 1) / (2.0 * BARS.length), row / 12.0, BARS[bar]);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return check(frame, 3 / 12.0, 7 / 8.0, WHITE)
        .or(() -> check(frame, 6.5 / 12.0, 7 / 8.0, BLACK));
  }

  private static Optional<String> check(Frame frame, double across, double down, int expected) {
    int x = (int) (across * frame.info().width());
    int y = (int) (down * frame.info().height());
    int luma = luma(frame, x, y);
    return Math.abs(luma - expected) <= TOLERANCE
        ? Optional.empty()
        : Optional.of(
            "frame %d of %dx%d has luma %d at (%d, %d), where the pattern has %d"
                .formatted(
                    frame.info().index(),
                    frame.info().width(),
                    frame.info().height(),
                    luma,
                    x,
                    y,
                    expected));
  }

  private static int luma(Frame frame, int x, int y) {
    Plane plane = frame.plane(0);
    ByteBuffer data = plane.data();
    PixelFormat format = frame.info().format();
    int row = y * plane.rowStride();
    if (format.hasLumaPlane()) {
      return data.get(row + x) & 0xff;
    }
    int first = data.get(row + 3 * x) & 0xff;
    int green = data.get(row + 3 * x + 1) & 0xff;
    int third = data.get(row + 3 * x + 2) & 0xff;
    int red = format == PixelFormat.RGB24 ? first : third;
    int blue = format == PixelFormat.RGB24 ? third : first;
    return (int) Math.round(16 + (0.299 * red + 0.587 * green + 0.114 * blue) * 219 / 255);
  }
}
