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
  private @Nullable Plane plane;

  /** The plane as ints from its byte 0, 1, 2 and 3 on: a line may start at any byte. */
  private final @Nullable IntBuffer[] views = new IntBuffer[Integer.BYTES];

  PlaneCells(FrameInfo info, Grain grain) {
    super(info, grain);
    first = new int[width / Integer.BYTES];
    second = new int[first.length];
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
    int upper = first(row) * luma.rowStride();
    int lower = second(row) * luma.rowStride();
    if (first.length > 0) {
      copy(luma, upper, first);
      copy(luma, lower, second);
      if (grain.width == Integer.BYTES) {
        sumFours(first, second, into);
      } else {
        sumPairs(first, second, into);
      }
    }
    for (int cell = first.length * Integer.BYTES / grain.width; cell < columns; cell++) {
      into[cell] = 0;
      for (int x = cell * grain.width; x < (cell + 1) * grain.width; x++) {
        int inside = Math.min(x, width - 1);
        into[cell] +=
            (luma.data().get(upper + inside) & 0xff) + (luma.data().get(lower + inside) & 0xff);
      }
    }
  }

  private void copy(Plane luma, int start, int[] into) {
    int shift = start % Integer.BYTES;
    IntBuffer view = views[shift];
    if (view == null) {
      ByteBuffer bytes = luma.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
      view = bytes.position(shift).asIntBuffer();
      views[shift] = view;
    }
    view.get(start / Integer.BYTES, into);
  }

  private static void sumFours(int[] first, int[] second, int[] into) {
    for (int i = 0; i < first.length; i++) {
      int a = first[i];
      int b = second[i];
      int pairs =
          (a & EVEN_PIXELS)
              + ((a >>> 8) & EVEN_PIXELS)
              + (b & EVEN_PIXELS)
              + ((b >>> 8) & EVEN_PIXELS);
      into[i] = (pairs & HALF) + (pairs >>> 16);
    }
  }

  private static void sumPairs(int[] first, int[] second, int[] into) {
    for (int i = 0; i < first.length; i++) {
      int a = first[i];
      int b = second[i];
      int pairs =
          (a & EVEN_PIXELS)
              + ((a >>> 8) & EVEN_PIXELS)
              + (b & EVEN_PIXELS)
              + ((b >>> 8) & EVEN_PIXELS);
      into[2 * i] = pairs & HALF;
      into[2 * i + 1] = pairs >>> 16;
    }
  }
}
