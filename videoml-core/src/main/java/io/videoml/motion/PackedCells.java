package io.videoml.motion;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a picture of interleaved colours; luma is that of BT.601, as of a full-range picture.
 */
final class PackedCells extends LumaCells {
  // Sum to 256, so that a grey pixel has exactly its own level.
  private static final int RED = 77;
  private static final int GREEN = 150;
  private static final int BLUE = 29;

  private final int firstWeight;
  private final int lastWeight;
  private final byte[] line;
  private @Nullable Plane plane;

  PackedCells(FrameInfo info, Grain grain) {
    super(info, grain);
    PixelFormat format = info.format();
    boolean redFirst = format == PixelFormat.RGB24;
    firstWeight = redFirst ? RED : BLUE;
    lastWeight = redFirst ? BLUE : RED;
    line = new byte[format.rowBytes(0, width)];
  }

  @Override
  void open(Plane packed) {
    plane = packed;
  }

  @Override
  void close() {
    plane = null;
  }

  @Override
  void read(int row, int[] into) {
    Arrays.fill(into, 0);
    add(first(row), into);
    add(second(row), into);
  }

  private void add(int y, int[] into) {
    Plane packed = requireNonNull(plane, "plane");
    packed.data().get(y * packed.rowStride(), line);
    for (int x = 0; x < width; x++) {
      into[x / grain.width] += luma(x);
    }
    into[columns - 1] += (columns * grain.width - width) * luma(width - 1);
  }

  private int luma(int x) {
    int weighted =
        firstWeight * (line[3 * x] & 0xff)
            + GREEN * (line[3 * x + 1] & 0xff)
            + lastWeight * (line[3 * x + 2] & 0xff);
    return (weighted + 128) >> 8;
  }
}
