package io.videoml.doctor;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured of a stream while it was read for a while.
 *
 * <p>Threading: immutable.
 *
 * @param source its id
 * @param live whether frames come at their own pace
 * @param stream what the source says of it; unknown where it was never open
 * @param losses what it failed with, in order; the first is why it never opened where no frame came
 * @param frames counts
 * @param timing durations and rates
 * @param capture what the camera's own clock says; empty where it does not say
 * @param picture what the pixels look like; empty where none came
 * @param memory of this process, over the run; empty where the system does not tell
 */
public record StreamReport(
    String source,
    boolean live,
    StreamInfo stream,
    List<Loss> losses,
    Frames frames,
    Timing timing,
    Optional<Capture> capture,
    Optional<Picture> picture,
    Optional<Memory> memory) {

  public StreamReport {
    requireNonNull(source, "source");
    requireNonNull(stream, "stream");
    losses = List.copyOf(losses);
    requireNonNull(frames, "frames");
    requireNonNull(timing, "timing");
    requireNonNull(capture, "capture");
    requireNonNull(picture, "picture");
    requireNonNull(memory, "memory");
  }

  /**
   * One failure.
   *
   * @param kind its class
   * @param message in words, without credentials
   * @param at since the start
   * @param recovered whether frames came again
   */
  public record Loss(SourceException.Kind kind, String message, Duration at, boolean recovered) {
    public Loss {
      requireNonNull(kind, "kind");
      requireNonNull(message, "message");
      requireNonNull(at, "at");
    }
  }

  /**
   * Counts of frames.
   *
   * @param read that came
   * @param corrupt of these, damaged
   * @param missing that media time has gaps for
   * @param keyFrames of those that came
   * @param gop frames from one key frame to the next, typically; empty before the second
   * @param bytes that came; empty where the source cannot tell
   */
  public record Frames(
      long read, long corrupt, long missing, long keyFrames, OptionalLong gop, OptionalLong bytes) {
    public Frames {
      requireNonNull(gop, "gop");
      requireNonNull(bytes, "bytes");
    }
  }

  /**
   * Durations and rates.
   *
   * @param firstFrame from the start of connecting until the first frame; empty where none came
   * @param wall from the first frame to the last, on the clock here
   * @param media the same in media time
   * @param rate frames that came per second of media time
   * @param keyFrameInterval typical media time from one key frame to the next
   * @param toReader from a frame's arrival until it was read: decoding and waiting; 95th percentile
   * @param decode time that the decoder took, in all
   * @param behind how much later than media time says frames came at the end than at the start;
   *     only of live streams
   * @param jumps how many times media time went back, or ahead by more than ten seconds
   */
  public record Timing(
      Optional<Duration> firstFrame,
      Duration wall,
      Duration media,
      OptionalDouble rate,
      Optional<Duration> keyFrameInterval,
      Duration toReader,
      Duration decode,
      Duration behind,
      int jumps) {
    public Timing {
      requireNonNull(firstFrame, "firstFrame");
      requireNonNull(wall, "wall");
      requireNonNull(media, "media");
      requireNonNull(rate, "rate");
      requireNonNull(keyFrameInterval, "keyFrameInterval");
      requireNonNull(toReader, "toReader");
      requireNonNull(decode, "decode");
      requireNonNull(behind, "behind");
    }

    /** Returns what share of media time the decoder needed; 1 is all of it. */
    public double decodeShare() {
      return media.isZero() ? 0 : (double) decode.toNanos() / media.toNanos();
    }
  }

  /**
   * What the camera's clock says: by how much the clock here was ahead of the capture time when
   * frames arrived, which is the delay of the way and what the clocks differ by.
   *
   * @param clock whose it is
   * @param first of the first frame that told
   * @param last of the last
   * @param smallest of all
   * @param largest of all
   * @param step largest change from one frame to the next, as when a clock is set
   */
  public record Capture(
      CaptureClock clock,
      Duration first,
      Duration last,
      Duration smallest,
      Duration largest,
      Duration step) {
    public Capture {
      requireNonNull(clock, "clock");
      requireNonNull(first, "first");
      requireNonNull(last, "last");
      requireNonNull(smallest, "smallest");
      requireNonNull(largest, "largest");
      requireNonNull(step, "step");
    }
  }

  /**
   * What the pixels look like.
   *
   * @param colorSpace of the last frame
   * @param capturedFrom of the last frame
   * @param black share of luma samples well below the black of the limited range
   * @param white share of luma samples well above the white of the limited range
   * @param blank undamaged frames at the start that were all grey or green, before others that were
   *     not
   */
  public record Picture(
      ColorSpace colorSpace, CaptureClock capturedFrom, double black, double white, long blank) {
    public Picture {
      requireNonNull(colorSpace, "colorSpace");
      requireNonNull(capturedFrom, "capturedFrom");
    }
  }

  /**
   * Memory of this process, without the Java heap.
   *
   * @param bytes at the end
   * @param growth since the first third of the run, bytes; may be negative
   * @param steady of that, in the last third
   */
  public record Memory(long bytes, long growth, long steady) {}

  /** Returns whether any frame came. */
  public boolean connected() {
    return frames.read() > 0;
  }
}
