package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_buffer_create;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.Free_Pointer_BytePointer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The memory that pictures are decoded into, shared by all readers of the process.
 *
 * <p>Blocks come from the JVM and are lent to FFmpeg, which counts the references; with the last
 * one a block is idle and goes to the next picture of its size. Idle blocks beyond {@link
 * #MAX_IDLE_BYTES} are left to the garbage collector. Native code never frees them, so a plane that
 * is read after its time shows other pixels, and never faults.
 */
final class PixelMemory {
  /** What is kept for later: about forty pictures of 1080p. */
  static final int MAX_IDLE_BYTES = 128 << 20;

  private static final Map<Long, PixelBlock> LENT = new ConcurrentHashMap<>();
  private static final Deque<PixelBlock> IDLE = new ArrayDeque<>();
  private static final Release RELEASE = new Release();
  private static long idleBytes;

  private PixelMemory() {}

  /**
   * Gives a native frame memory of its own, which it holds by reference count.
   *
   * @throws OutOfMemoryError where there is no memory left
   */
  static void lend(Geometry geometry, AVFrame frame) {
    PixelBlock block = take(geometry.bytes);
    LENT.put(block.address(), block);
    AVBufferRef reference = av_buffer_create(block.base(), block.bytes(), RELEASE, null, 0);
    if (reference == null) {
      release(block.address());
      throw new OutOfMemoryError("no native memory for a reference to a picture");
    }
    frame.buf(0, reference);
    block.layOut(geometry, frame);
  }

  /** Returns the block that a native frame lies in; null where FFmpeg allocated it. */
  static @Nullable PixelBlock of(AVFrame frame) {
    AVBufferRef reference = frame.buf(0);
    return reference == null ? null : LENT.get(reference.data().address());
  }

  /** Returns a view of a plane of a native frame that lies in a block, which it keeps alive. */
  static ByteBuffer view(AVFrame frame, int plane, int bytes) {
    return Objects.requireNonNull(of(frame)).view(frame.data(plane).address(), bytes);
  }

  /** Returns how many blocks native code holds. */
  static int lent() {
    return LENT.size();
  }

  static synchronized long idleBytes() {
    return idleBytes;
  }

  /** Other streams do not wait while the JVM looks for memory. */
  private static PixelBlock take(int bytes) {
    PixelBlock block = takeIdle(bytes);
    if (block != null) {
      return block;
    }
    try {
      return new PixelBlock(bytes);
    } catch (OutOfMemoryError e) {
      forgetIdle(); // blocks of other sizes stand in the way
      return new PixelBlock(bytes);
    }
  }

  private static synchronized void forgetIdle() {
    IDLE.clear();
    idleBytes = 0;
  }

  private static synchronized @Nullable PixelBlock takeIdle(int bytes) {
    // The youngest first: its pixels may still be in the cache.
    for (Iterator<PixelBlock> blocks = IDLE.descendingIterator(); blocks.hasNext(); ) {
      PixelBlock block = blocks.next();
      if (block.bytes() == bytes) {
        blocks.remove();
        idleBytes -= bytes;
        return block;
      }
    }
    return null;
  }

  private static void release(long address) {
    PixelBlock block = LENT.remove(address);
    if (block == null) {
      return;
    }
    synchronized (PixelMemory.class) {
      IDLE.addLast(block);
      idleBytes += block.bytes();
      while (idleBytes > MAX_IDLE_BYTES) {
        idleBytes -= IDLE.removeFirst().bytes();
      }
    }
  }

  private static final class Release extends Free_Pointer_BytePointer {
    @Override
    public void call(Pointer opaque, BytePointer data) {
      release(data.address());
    }
  }
}
