package io.videoml.cli.output;

import io.videoml.ffmpeg.AnnotatedVideoWriter;
import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.ResultSink;
import java.nio.file.Path;
import java.util.List;

/** Writes key frames as JPEG files, and a line for each. */
public final class KeyFrameSink implements ResultSink {
  private final AnnotatedVideoWriter writer;
  private final LineOutput output;

  public KeyFrameSink(Path directory, int quality, LineOutput output) {
    this.writer = AnnotatedVideoWriter.jpegs(directory, quality);
    this.output = output;
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    Path file = writer.write(frame, List.of());
    output.write(
        JsonLines.keyFrame(
            result.stream(), result.frame().index(), result.frame().time().pts(), file.toString()));
  }

  @Override
  public void close() {
    writer.close();
  }
}
