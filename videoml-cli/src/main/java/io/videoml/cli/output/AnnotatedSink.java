package io.videoml.cli.output;

import io.videoml.ffmpeg.AnnotatedVideoWriter;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.ResultSink;
import java.nio.file.Path;
import java.util.Locale;

/** Writes kept frames with what was found in them. */
public final class AnnotatedSink implements ResultSink {
  private static final int QUALITY = 3;

  private final AnnotatedVideoWriter writer;

  private AnnotatedSink(AnnotatedVideoWriter writer) {
    this.writer = writer;
  }

  /** Returns one that writes an MP4 file, or else JPEG files into a directory. */
  public static AnnotatedSink to(Path target) {
    boolean video = target.toString().toLowerCase(Locale.ROOT).endsWith(".mp4");
    return new AnnotatedSink(
        video ? AnnotatedVideoWriter.mp4(target) : AnnotatedVideoWriter.jpegs(target, QUALITY));
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    writer.write(frame, result.detections().objects());
  }

  @Override
  public void close() {
    writer.close();
  }
}
