package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detection;
import io.videoml.frame.Frame;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes frames with their detections drawn on: a box each, its label and its confidence.
 *
 * <p>Threading: one thread writes; {@link #close()} from any, which waits for a write.
 */
public final class AnnotatedVideoWriter implements AutoCloseable {
  private final FrameFiles files;
  private boolean closed;
  private boolean writing;

  private AnnotatedVideoWriter(FrameFiles files) {
    this.files = files;
  }

  /**
   * Returns a writer of an MP4 file: H.264 where FFmpeg has openh264, else MPEG-4. Frames keep
   * their media times. The first one sets the size, rounded up to even; later frames of another
   * size are fitted in, with black beside them. Nothing is created before the first frame.
   *
   * @param file replaced where it exists
   */
  public static AnnotatedVideoWriter mp4(Path file) {
    requireNonNull(file, "file");
    requireNatives(file);
    return new AnnotatedVideoWriter(new Mp4File(file));
  }

  /**
   * Returns a writer of JPEG files named by index and media time, as {@code
   * 000030_00h00m01.200s.jpg}. A file appears once it is complete.
   *
   * @param directory created where it is missing
   * @param quality 1 for the best to 31 for the smallest
   * @throws FfmpegException if the directory cannot be written to
   */
  public static AnnotatedVideoWriter jpegs(Path directory, int quality) {
    requireNonNull(directory, "directory");
    requireNatives(directory);
    return new AnnotatedVideoWriter(new JpegDirectory(directory, quality));
  }

  /**
   * Writes one frame. After an exception, what was written before can still be finished with {@link
   * #close()}.
   *
   * @return the file that it went to
   * @throws FfmpegException if it cannot be written
   * @throws IllegalStateException if this is closed, or the frame's time is over
   */
  public synchronized Path write(Frame frame, List<Detection> detections) {
    requireNonNull(frame, "frame");
    requireNonNull(detections, "detections");
    if (closed) {
      throw new IllegalStateException("the writer is closed");
    }
    requireIdle();
    writing = true;
    try {
      return files.write(frame, detections);
    } finally {
      writing = false;
    }
  }

  /**
   * Finishes the file. Closing again does nothing.
   *
   * @throws FfmpegException if that fails, and no earlier write did
   */
  @Override
  public synchronized void close() {
    requireIdle();
    if (!closed) {
      closed = true;
      files.close();
    }
  }

  /** A frame of the caller's own making could come back here from within a write. */
  private void requireIdle() {
    if (writing) {
      throw new IllegalStateException("a frame is just being written; let that return first");
    }
  }

  private static void requireNatives(Path target) {
    String missing = Natives.missing();
    if (missing != null) {
      throw new FfmpegException(target, missing);
    }
  }
}
