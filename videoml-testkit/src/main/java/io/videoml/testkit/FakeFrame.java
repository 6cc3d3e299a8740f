package io.videoml.testkit;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A handle that the ledger knows of. The lent frame is one too: the reader closes it after the
 * handler.
 */
final class FakeFrame implements OwnedFrame {
  private final OwnedFrame pixels;
  private final Optional<ResumePosition> position;
  private final FrameLedger ledger;
  private final AtomicBoolean closed = new AtomicBoolean();

  FakeFrame(OwnedFrame pixels, Optional<ResumePosition> position, FrameLedger ledger) {
    this.pixels = pixels;
    this.position = position;
    this.ledger = ledger;
    ledger.opened();
  }

  @Override
  public FrameInfo info() {
    return pixels.info();
  }

  @Override
  public Optional<ResumePosition> position() {
    return position;
  }

  @Override
  public Plane plane(int index) {
    return pixels.plane(index);
  }

  @Override
  public OwnedFrame share() {
    return new FakeFrame(pixels.share(), position, ledger);
  }

  @Override
  public Placement writeTo(ImageTensor target) {
    return pixels.writeTo(target);
  }

  @Override
  public void close() {
    ledger.closed(closed.compareAndSet(false, true));
    pixels.close();
  }
}
