package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;

import java.time.Duration;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * The unit of a stream's timestamps, and how long a frame lasts.
 *
 * @param num seconds per tick, numerator
 * @param den denominator
 * @param frameNanos nominal duration of a frame; of 25 a second where the stream does not say
 * @param frameRate nominal; empty where the stream does not say
 */
record TimeBase(long num, long den, long frameNanos, OptionalDouble frameRate) {
  private static final long SECOND = 1_000_000_000L;

  static TimeBase of(AVFormatContext context, AVStream stream) {
    AVRational base = stream.time_base();
    AVRational rate = av_guess_frame_rate(context, stream, null);
    boolean known = rate.num() > 0 && rate.den() > 0;
    return new TimeBase(
        base.num(),
        base.den(),
        known ? Math.round((double) SECOND * rate.den() / rate.num()) : SECOND / 25,
        known ? OptionalDouble.of((double) rate.num() / rate.den()) : OptionalDouble.empty());
  }

  /** Converts a duration, rounding down. */
  long ticks(Duration time) {
    return time.toMillis() * den / (1000 * num);
  }

  /** Converts ticks, to the nearest nanosecond. */
  long nanos(long ticks) {
    // In two parts, since ticks times a billion does not fit into 64 bits.
    long scaled = Math.multiplyExact(ticks, num);
    long seconds = Math.floorDiv(scaled, den);
    long rest = Math.floorMod(scaled, den);
    return seconds * SECOND + (rest * SECOND + den / 2) / den;
  }
}
