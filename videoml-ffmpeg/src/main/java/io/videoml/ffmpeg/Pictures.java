package io.videoml.ffmpeg;

import io.videoml.frame.Frame;
import io.videoml.frame.ImageToTensor;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts the pictures of one reader; lives as long as the reader and the frames shared from it. */
final class Pictures implements AutoCloseable {
  private final AtomicInteger holders = new AtomicInteger(1);

  void retain() {
    holders.incrementAndGet();
  }

  AVFrame shown(AVFrame decoded, Layout layout) {
    throw new UnsupportedOperationException();
  }

  Placement write(Frame frame, AVFrame picture, ImageTensor target) {
    return ImageToTensor.write(frame, target);
  }

  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      free();
    }
  }

  private void free() {}
}
