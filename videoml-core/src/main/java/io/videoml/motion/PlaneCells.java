package io.videoml.motion;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a luma plane. Lines are copied as ints of four pixels, which are summed two by two in
 * 16-bit halves: loops over int arrays that the JIT compiler turns into vector code.
 */
final class PlaneCells extends LumaCells {
  private static final int EVEN_PIXELS = 0x00ff00ff;
  private static final int HALF = 0xffff;

  private final int[] first;
  private final int[] second;
  private final int[] pairs;
  private @Nullable Plane plane;

  /** The plane as ints from its byte 0, 1, 2 and 3 on: a line may start at any byte. */
  private final @Nullable IntBuffer[] views = new IntBuffer[Integer.BYTES];

  PlaneCells(FrameInfo info, Grain grain) {
    super(info, grain);
    first = new int[width / Integer.BYTES];
    second = new int[first.length];
    pairs = new int[first.length];
  }

  @Override
  void open(Plane luma) {
    Arrays.fill(views, null);
    plane = luma;
  }

  @Override
  void close() {
    Arrays.fill(views, null);
    plane = null;
  }

  @Override
  void read(int row, int[] into) {
    Plane luma = requireNonNull(plane, "plane");
    if (first.length > 0) {
      readInts(luma, row, into);
    }
    for (int cell = first.length * Integer.BYTES / grain.width; cell < columns; cell++) {
      into[cell] = 0;
      for (int i = 0; i < grain.lines; i++) {
        int start = line(row, i) * luma.rowStride();
        for (int x = cell * grain.width; x < (cell + 1) * grain.width; x++) {
          into[cell] += luma.data().get(start + Math.min(x, width - 1)) & 0xff;
        }
      }
    }
  }

  private void readInts(Plane luma, int row, int[] into) {
    Arrays.fill(pairs, 0);
    for (int i = 0; i < grain.lines; i += 2) {
      copy(luma, line(row, i), first);
      copy(luma, line(row, i + 1), second);
      addPairs(first, second, pairs);
    }
    if (grain.width == Integer.BYTES) {
      joinHalves(pairs, into);
    } else {
      splitHalves(pairs, into);
    }
  }

  private void copy(Plane luma, int line, int[] into) {
    int start = line * luma.rowStride();
    int shift = start % Integer.BYTES;
    IntBuffer view = views[shift];
    if (view == null) {
      ByteBuffer bytes = luma.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      view = bytes.position(shift).asIntBuffer();
      views[shift] = view;
    }
    view.get(start / Integer.BYTES, into);
  }

  private static void addPairs(int[] first, int[] second, int[] pairs) {
    for (int i = 0; i < first.length; i++) {
      int a = first[i];
      int b = second[i];
      pairs[i] +=
          (a & EVEN_PIXELS)
              + ((a >>> 8) & EVEN_PIXELS)
              + (b & EVEN_PIXELS)
              + ((b >>> 8) & EVEN_PIXELS);
    }
  }

  private static void joinHalves(int[] pairs, int[] into) {
    for (int i = 0; i < pairs.length; i++) {
      into[i] = (pairs[i] & HALF) + (pairs[i] >>> 16);
    }
  }

  private static void splitHalves(int[] pairs, int[] into) {
    for (int i = 0; i < pairs.length; i++) {
      into[2 * i] = pairs[i] & HALF;
      into[2 * i + 1] = pairs[i] >>> 16;
    }
  }
}
