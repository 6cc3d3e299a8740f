package io.videoml.ffmpeg;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one picture. The garbage collector owns it, so that a buffer over it never outlives it.
 */
final class PixelBlock {
  private final ByteBuffer memory;
  private final BytePointer base;
  private final BytePointer[] planes = new BytePointer[4];
  private @Nullable Geometry laidOut;

  PixelBlock(int bytes) {
    memory =
        ByteBuffer.allocateDirect(bytes + Geometry.ALIGNMENT)
            .alignedSlice(Geometry.ALIGNMENT)
            .slice(0, bytes);
    base = new BytePointer(memory);
  }

  int bytes() {
    return memory.capacity();
  }

  long address() {
    return base.address();
  }

  BytePointer base() {
    return base;
  }

  /** Points a native frame at the planes of this block. */
  void layOut(Geometry geometry, AVFrame frame) {
    if (laidOut != geometry) {
      for (int i = 0; i < geometry.planes; i++) {
        planes[i] = new BytePointer(base).position(geometry.offsets[i]);
      }
      laidOut = geometry;
    }
    for (int i = 0; i < geometry.planes; i++) {
      frame.data(i, planes[i]);
      frame.linesize(i, geometry.strides[i]);
    }
  }

  /** Returns a view that keeps this memory alive. */
  ByteBuffer view(long address, int bytes) {
    return memory.slice(Math.toIntExact(address - address()), bytes);
  }
}
