package io.videoml.tensor;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One picture's place in a model input: what the model expects, and the memory to write it to.
 *
 * <p>Threading: one writer at a time. The memory belongs to whoever made the tensor.
 */
public final class ImageTensor {
  private final ImageSpec spec;
  private final ByteBuffer data;

  private ImageTensor(ImageSpec spec, ByteBuffer data) {
    this.spec = spec;
    this.data = data;
  }

  /** Returns a tensor over its own, newly allocated direct memory. */
  public static ImageTensor allocate(ImageSpec spec) {
    return over(spec, ByteBuffer.allocateDirect(spec.bytes()).order(ByteOrder.nativeOrder()));
  }

  /**
   * Returns a tensor that writes from the buffer's position on.
   *
   * @param data writable, direct, in native byte order, with at least {@link ImageSpec#bytes()}
   *     remaining
   * @throws IllegalArgumentException if the buffer is read-only, too small, on the heap or in
   *     another byte order
   */
  public static ImageTensor over(ImageSpec spec, ByteBuffer data) {
    requireNonNull(spec, "spec");
    requireNonNull(data, "data");
    if (data.isReadOnly() || !data.isDirect() || data.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "a model input must be a writable direct buffer in native byte order");
    }
    if (data.remaining() < spec.bytes()) {
      throw new IllegalArgumentException(
          "a "
              + spec.width()
              + "x"
              + spec.height()
              + " "
              + spec.type()
              + " input needs "
              + spec.bytes()
              + " bytes, the buffer has "
              + data.remaining());
    }
    return new ImageTensor(
        spec, data.slice(data.position(), spec.bytes()).order(ByteOrder.nativeOrder()));
  }

  /** Returns what the model expects. */
  public ImageSpec spec() {
    return spec;
  }

  /** Returns the memory, from 0 to {@link ImageSpec#bytes()}; the same buffer at every call. */
  public ByteBuffer data() {
    return data;
  }
}
