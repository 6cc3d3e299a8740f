package io.videoml.frame;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A frame over memory that the garbage collector owns; handles share it. */
final class HeapFrame implements OwnedFrame {
  private final FrameInfo info;
  private final Plane[] planes;
  private final Optional<ResumePosition> position;
  private volatile boolean closed;

  private HeapFrame(FrameInfo info, Plane[] planes, Optional<ResumePosition> position) {
    this.info = info;
    this.planes = planes;
    this.position = position;
  }

  static HeapFrame of(FrameInfo info, Plane... planes) {
    PixelFormat format = info.format();
    if (planes.length != format.planes()) {
      throw new IllegalArgumentException(
          format + " has " + format.planes() + " planes, " + planes.length + " were given");
    }
    for (int i = 0; i < planes.length; i++) {
      Plane plane = requireNonNull(planes[i], "plane");
      if (plane.rowBytes() < format.rowBytes(i, info.width())
          || plane.rows() < format.rows(i, info.height())) {
        throw new IllegalArgumentException(
            "plane "
                + i
                + " of a "
                + info.width()
                + "x"
                + info.height()
                + " "
                + format
                + " frame is too small: "
                + plane.rowBytes()
                + " bytes by "
                + plane.rows()
                + " rows");
      }
    }
    return new HeapFrame(info, planes.clone(), Optional.empty());
  }

  static HeapFrame of(FrameInfo info, byte[] pixels) {
    PixelFormat format = info.format();
    Plane[] planes = new Plane[format.planes()];
    int start = 0;
    for (int i = 0; i < planes.length; i++) {
      int rowBytes = format.rowBytes(i, info.width());
      int rows = format.rows(i, info.height());
      int size = Math.multiplyExact(rowBytes, rows);
      if (start + size > pixels.length) {
        throw new IllegalArgumentException(
            "a "
                + info.width()
                + "x"
                + info.height()
                + " "
                + format
                + " frame does not fit in "
                + pixels.length
                + " bytes");
      }
      planes[i] = new Plane(ByteBuffer.wrap(pixels, start, size).slice(), rowBytes, rowBytes, rows);
      start += size;
    }
    return new HeapFrame(info, planes, Optional.empty());
  }

  /** Copies the planes of any frame, without padding. */
  static HeapFrame copyOf(Frame frame) {
    FrameInfo info = frame.info();
    Plane[] copies = new Plane[info.format().planes()];
    for (int i = 0; i < copies.length; i++) {
      Plane plane = frame.plane(i);
      byte[] pixels = new byte[Math.multiplyExact(plane.rowBytes(), plane.rows())];
      for (int y = 0; y < plane.rows(); y++) {
        plane.data().get(y * plane.rowStride(), pixels, y * plane.rowBytes(), plane.rowBytes());
      }
      copies[i] =
          new Plane(ByteBuffer.wrap(pixels), plane.rowBytes(), plane.rowBytes(), plane.rows());
    }
    return new HeapFrame(info, copies, frame.position());
  }

  @Override
  public FrameInfo info() {
    return info;
  }

  @Override
  public Optional<ResumePosition> position() {
    return position;
  }

  @Override
  public Plane plane(int index) {
    requireOpen();
    return planes[index];
  }

  @Override
  public OwnedFrame share() {
    requireOpen();
    return new HeapFrame(info, planes, position);
  }

  @Override
  public Placement writeTo(ImageTensor target) {
    requireOpen();
    return ImageToTensor.write(this, target);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "frame " + info.index() + " is closed; share() it to keep it longer");
    }
  }
}
