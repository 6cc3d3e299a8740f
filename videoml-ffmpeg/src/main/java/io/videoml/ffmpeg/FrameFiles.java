package io.videoml.ffmpeg;

import io.videoml.detect.Detection;
import io.videoml.frame.Frame;
import java.nio.file.Path;
import java.util.List;

/** Where annotated frames are written. */
interface FrameFiles extends AutoCloseable {
  /** Writes a frame with boxes, and returns the file that it went to. */
  Path write(Frame frame, List<Detection> detections);

  @Override
  void close();
}
