package io.videoml.gstreamer;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.ImageToTensor;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.Objects;
import java.util.Optional;

/** A picture in a block of the pool: one handle of perhaps several. */
final class PooledFrame implements OwnedFrame {
  private final FrameInfo info;
  private final Layout layout;
  private final PixelBlock block;
  private boolean closed;

  /** Takes over one hold on the block. */
  PooledFrame(FrameInfo info, Layout layout, PixelBlock block) {
    this.info = info;
    this.layout = layout;
    this.block = block;
  }

  @Override
  public FrameInfo info() {
    return info;
  }

  @Override
  public Optional<ResumePosition> position() {
    return Optional.empty();
  }

  @Override
  public synchronized Plane plane(int index) {
    PixelFormat format = info.format();
    Objects.checkIndex(index, format.planes());
    requireOpen();
    int rowBytes = format.rowBytes(index, info.width());
    int rows = format.rows(index, info.height());
    int stride = layout.stride(index);
    return new Plane(
        block.view(layout.offset(index), stride * (rows - 1) + rowBytes), stride, rowBytes, rows);
  }

  @Override
  public synchronized OwnedFrame share() {
    requireOpen();
    block.retain();
    return new PooledFrame(info, layout, block);
  }

  @Override
  public synchronized Placement writeTo(ImageTensor target) {
    requireOpen();
    return ImageToTensor.write(this, target);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      PixelPool.release(block);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "frame " + info.index() + " is closed; share() it to keep it longer");
    }
  }
}
