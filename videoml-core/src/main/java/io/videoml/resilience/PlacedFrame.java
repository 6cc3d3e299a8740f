package io.videoml.resilience;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.Optional;

/** A frame of one connection, described as one of the whole stream. */
class PlacedFrame implements Frame {
  private final Frame frame;
  private final FrameInfo info;

  PlacedFrame(Frame frame, FrameInfo info) {
    this.frame = frame;
    this.info = info;
  }

  @Override
  public FrameInfo info() {
    return info;
  }

  @Override
  public Optional<ResumePosition> position() {
    return frame.position();
  }

  @Override
  public Plane plane(int index) {
    return frame.plane(index);
  }

  @Override
  public OwnedFrame share() {
    return new Owned(frame.share(), info);
  }

  @Override
  public Placement writeTo(ImageTensor target) {
    return frame.writeTo(target);
  }

  private static final class Owned extends PlacedFrame implements OwnedFrame {
    private final OwnedFrame frame;

    Owned(OwnedFrame frame, FrameInfo info) {
      super(frame, info);
      this.frame = frame;
    }

    @Override
    public void close() {
      frame.close();
    }
  }
}
