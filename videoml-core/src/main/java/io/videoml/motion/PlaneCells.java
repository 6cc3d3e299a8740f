package io.videoml.motion;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a luma plane. Rows are copied as ints of four pixels, which are summed two by two in
 * 16-bit lanes: loops over int arrays that the JIT compiler turns into vector code.
 */
final class PlaneCells extends LumaCells {
  private static final int EVEN_PIXELS = 0x00ff00ff;

  private final int[] first;
  private final int[] last;
  private @Nullable Plane plane;

  /** The plane as ints from its byte 0, 1, 2 and 3 on: a row may start at any byte. */
  private final @Nullable IntBuffer[] views = new IntBuffer[Integer.BYTES];

  PlaneCells(int width, int height) {
    super(width, height);
    first = new int[width / SIDE];
    last = new int[width / SIDE];
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
  void read(int row, int[] into, int offset) {
    Plane luma = requireNonNull(plane, "plane");
    int upper = firstLine(row) * luma.rowStride();
    int lower = lastLine(row) * luma.rowStride();
    if (first.length > 0) {
      copy(luma, upper, first);
      copy(luma, lower, last);
      sum(first, last, into, offset);
    }
    if (first.length < columns) {
      int sum = 0;
      for (int x = first.length * SIDE; x < columns * SIDE; x++) {
        int inside = Math.min(x, width - 1);
        sum += (luma.data().get(upper + inside) & 0xff) + (luma.data().get(lower + inside) & 0xff);
      }
      into[offset + columns - 1] = sum;
    }
  }

  private void copy(Plane luma, int start, int[] into) {
    int shift = start % Integer.BYTES;
    IntBuffer view = views[shift];
    if (view == null) {
      ByteBuffer bytes = luma.data().duplicate().order(ByteOrder.nativeOrder());
      view = bytes.position(shift).asIntBuffer();
      views[shift] = view;
    }
    view.get(start / Integer.BYTES, into);
  }

  private static void sum(int[] first, int[] last, int[] into, int offset) {
    for (int i = 0; i < first.length; i++) {
      int a = first[i];
      int b = last[i];
      int pairs =
          (a & EVEN_PIXELS)
              + ((a >>> 8) & EVEN_PIXELS)
              + (b & EVEN_PIXELS)
              + ((b >>> 8) & EVEN_PIXELS);
      into[offset + i] = (pairs & 0xffff) + (pairs >>> 16);
    }
  }
}
