package io.videoml.gstreamer;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory of one picture, counted by reference. The garbage collector owns it, so that a plane that
 * is read after its time shows other pixels, and never faults.
 */
final class PixelBlock {
  private final ByteBuffer memory;
  private final long address;
  private final AtomicInteger holders = new AtomicInteger();

  PixelBlock(int bytes) {
    memory = ByteBuffer.allocateDirect(bytes);
    address = Pointer.nativeValue(Native.getDirectBufferPointer(memory));
  }

  int bytes() {
    return memory.capacity();
  }

  long address() {
    return address;
  }

  ByteBuffer view(int offset, int bytes) {
    return memory.slice(offset, bytes).asReadOnlyBuffer();
  }

  void retain() {
    holders.incrementAndGet();
  }

  /** Returns whether that was the last holder. */
  boolean release() {
    return holders.decrementAndGet() == 0;
  }
}
