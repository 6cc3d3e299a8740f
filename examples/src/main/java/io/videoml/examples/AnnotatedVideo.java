package io.videoml.examples;

import io.videoml.ffmpeg.AnnotatedVideoWriter;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunResult;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;

/**
 * Writes a video with boxes around what was found. Arguments: the MP4 to write, a video and a
 * model.
 */
public final class AnnotatedVideo {
  private AnnotatedVideo() {}

  /** Prints how it ended. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "annotated.mp4");
    Path video = arguments.length > 2 ? Path.of(arguments[1]) : DemoClip.video();
    String model = arguments.length > 2 ? arguments[2] : DemoClip.model().toString();

    RunResult end =
        Pipeline.named("annotate")
            .source(FfmpegSource.of(video))
            .detect("my-model", () -> OnnxDetector.builder(model).build())
            .sink(() -> new VideoSink(AnnotatedVideoWriter.mp4(file)))
            .build()
            .run();

    System.out.println(end.summary().kept() + " frames in " + file);
  }

  /** A sink gets the pixels too, lent for the call, and is closed when the run ends. */
  private record VideoSink(AnnotatedVideoWriter writer) implements ResultSink {
    @Override
    public void accept(Frame frame, FrameResult result) {
      writer.write(frame, result.detections().objects());
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
