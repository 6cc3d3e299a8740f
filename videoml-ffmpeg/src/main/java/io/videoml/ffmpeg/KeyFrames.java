package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.frame.Frame;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Key frames of a file or a finished stream, without decoding the frames between them.
 *
 * <p>Threading: safe; each call opens the stream for itself.
 */
public final class KeyFrames {
  private KeyFrames() {}

  /**
   * Returns the key frames in order; reads the whole stream and decodes nothing.
   *
   * @throws SourceException if the stream cannot be read, or is live and so has no end
   */
  public static List<KeyFrame> list(FfmpegSource source) {
    requireEnd(source);
    OpenFailure.check(source);
    Natives.require(source.id());
    List<KeyFrame> found = new ArrayList<>();
    try (Interrupt interrupt = new Interrupt();
        Demuxer demuxer = Demuxer.open(source, interrupt)) {
      collect(demuxer, found);
    }
    return List.copyOf(found);
  }

  /**
   * A key frame's index is known once a packet comes that is shown later, or was stored for a later
   * group.
   */
  private static void collect(Demuxer demuxer, List<KeyFrame> found) {
    TimeBase base = demuxer.base();
    boolean any = demuxer.read();
    Timeline timeline = new Timeline(base, any && demuxer.packet().pts() != AV_NOPTS_VALUE);
    boolean pending = false;
    long pendingTicks = 0;
    for (; any; any = demuxer.read()) {
      long ticks = demuxer.packet().pts();
      boolean key = (demuxer.packet().flags() & AV_PKT_FLAG_KEY) != 0;
      if (pending && (key || !timeline.timed() || ticks > pendingTicks)) {
        found.add(place(timeline, pendingTicks));
        pending = false;
      }
      if (key) {
        pending = true;
        pendingTicks = ticks;
      } else {
        timeline.passOver(ticks);
      }
    }
    if (pending) {
      found.add(place(timeline, pendingTicks));
    }
  }

  private static KeyFrame place(Timeline timeline, long ticks) {
    long index = timeline.place(ticks, true);
    return new KeyFrame(index, Duration.ofNanos(timeline.nanos()));
  }

  /**
   * Writes each key frame as a JPEG file, named by index and time, as {@code
   * 000030_00h00m01.200s.jpg}. A file appears once it is complete; existing ones of the same name
   * are replaced.
   *
   * @param directory created where it is missing
   * @param quality 1 for the best to 31 for the smallest, as FFmpeg's {@code -q:v}
   * @return the files, in order
   * @throws SourceException if the stream cannot be read; files written before stay
   * @throws FfmpegException if a file cannot be written
   */
  public static List<Path> extract(FfmpegSource source, Path directory, int quality) {
    requireNonNull(directory, "directory");
    requireEnd(source);
    List<Path> files = new ArrayList<>();
    try (FrameReader reader = source.open(Optional.empty(), DecodeDemand.KEY_FRAMES);
        JpegDirectory jpegs = new JpegDirectory(directory, quality)) {
      boolean more = true;
      while (more) {
        more = reader.tryAdvance(frame -> files.add(write(jpegs, frame)));
      }
    }
    return List.copyOf(files);
  }

  private static Path write(JpegDirectory jpegs, Frame frame) {
    return jpegs.write(frame, List.of());
  }

  private static void requireEnd(FfmpegSource source) {
    if (source.live()) {
      throw new SourceException(
          Kind.CONFIGURATION, source.id(), "is live and has no end; record it to a file first");
    }
  }
}
