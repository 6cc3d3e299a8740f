package io.videoml.frame;

import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.util.Optional;

/**
 * One picture of a stream, in the memory of whoever made it.
 *
 * <p><b>Lent.</b> A frame is valid until the callback that received it returns. To keep it longer,
 * {@link #share()} it and close that. Using a frame after its time throws {@link
 * IllegalStateException}; it never reaches freed memory.
 *
 * <p>Threading: readable from any thread while it is valid; {@link #writeTo} by one thread at a
 * time.
 */
public interface Frame {

  /** Returns what is known of the frame besides its pixels; allowed after the frame has gone. */
  FrameInfo info();

  /**
   * Returns where reading can go on after this frame; empty where the source cannot resume, as live
   * RTSP.
   */
  Optional<ResumePosition> position();

  /**
   * Returns one plane, without a copy where the decoder's format is one of {@link PixelFormat}.
   *
   * @param index from 0 to {@code info().format().planes() - 1}
   * @throws IndexOutOfBoundsException if there is no such plane
   * @throws IllegalStateException if the frame's time is over
   */
  Plane plane(int index);

  /**
   * Returns an owned handle on the same memory (a copy where the decoder cannot count references),
   * which its owner closes once, from any thread.
   *
   * @throws IllegalStateException if the frame's time is over
   */
  OwnedFrame share();

  /**
   * Writes the picture into a model input: resized, laid out, converted and normalised in one pass,
   * padding included.
   *
   * @return where the picture lies in the input
   * @throws IllegalStateException if the frame's time is over
   */
  Placement writeTo(ImageTensor target);

  /**
   * Returns a frame over the caller's own planes, which must not change while it is in use.
   *
   * @param planes one per plane of the format, large enough for the size
   */
  static OwnedFrame of(FrameInfo info, Plane... planes) {
    return HeapFrame.of(info, planes);
  }

  /**
   * Returns a frame over rows without padding, plane after plane.
   *
   * @param pixels not copied; must not change while the frame is in use
   */
  static OwnedFrame of(FrameInfo info, byte[] pixels) {
    return HeapFrame.of(info, pixels);
  }

  /** Returns a copy on the heap, of the same format and position, without padding. */
  static OwnedFrame copyOf(Frame frame) {
    return HeapFrame.copyOf(frame);
  }
}
