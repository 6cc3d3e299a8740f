package io.videoml.gstreamer;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.ColorSpace.Matrix;
import io.videoml.frame.ColorSpace.Range;
import io.videoml.frame.PixelFormat;
import org.jspecify.annotations.Nullable;

/** How pictures of one stream look and lie in memory, from their caps. */
final class Layout {
  /**
   * The formats that need no conversion, for caps. RGB only where it comes as such: what has luma
   * keeps it, for those who look at luma alone.
   */
  static final String LUMA = "video/x-raw,format={I420,NV12,GRAY8}";

  static final String RGB = "video/x-raw,format={BGR,RGB}";

  // Fields of GstVideoInfo and GstVideoMeta on 64-bit machines; the ABI is stable within 1.x.
  private static final int INFO_BYTES = 1024; // it has some 200
  private static final int INFO_WIDTH = 16;
  private static final int INFO_HEIGHT = 20;
  private static final int INFO_RANGE = 40;
  private static final int INFO_MATRIX = 44;
  private static final int INFO_OFFSETS = 72;
  private static final int INFO_STRIDES = 104;
  private static final int META_PLANES = 40;
  private static final int META_OFFSETS = 48;
  private static final int META_STRIDES = 80;

  private final int width;
  private final int height;
  private final PixelFormat format;
  private final ColorSpace colors;
  private final int[] offsets;
  private final int[] strides;

  private Layout(
      int width, int height, PixelFormat format, ColorSpace colors, int[] offsets, int[] strides) {
    this.width = width;
    this.height = height;
    this.format = format;
    this.colors = colors;
    this.offsets = offsets;
    this.strides = strides;
  }

  /** Returns the layout of raw caps; null where they are of no known kind. */
  static @Nullable Layout of(long caps) {
    try (Memory info = new Memory(INFO_BYTES)) {
      info.clear();
      if (GstVideo.gst_video_info_from_caps(Pointer.nativeValue(info), caps) == 0) {
        return null;
      }
      PixelFormat format = format(info.getPointer(0).getInt(0));
      if (format == null) {
        return null;
      }
      int height = info.getInt(INFO_HEIGHT);
      ColorSpace colors = colors(info.getInt(INFO_MATRIX), info.getInt(INFO_RANGE), format, height);
      return new Layout(
          info.getInt(INFO_WIDTH),
          height,
          format,
          colors,
          offsets(info, INFO_OFFSETS, format),
          info.getIntArray(INFO_STRIDES, format.planes()));
    }
  }

  /** Returns this as the buffer's own description of its planes has it, if it has one. */
  Layout in(long buffer) {
    long address = GstVideo.gst_buffer_get_video_meta(buffer);
    if (address == 0) {
      return this;
    }
    Pointer meta = new Pointer(address);
    if (meta.getInt(META_PLANES) < format.planes()) {
      return this;
    }
    return new Layout(
        width,
        height,
        format,
        colors,
        offsets(meta, META_OFFSETS, format),
        meta.getIntArray(META_STRIDES, format.planes()));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  PixelFormat format() {
    return format;
  }

  /** Returns the colour space of the caps; where they do not say, what the size implies. */
  ColorSpace colors() {
    return colors;
  }

  int offset(int plane) {
    return offsets[plane];
  }

  int stride(int plane) {
    return strides[plane];
  }

  /** Returns whether all planes lie within so many bytes. */
  boolean fits(long bytes) {
    for (int i = 0; i < format.planes(); i++) {
      int rowBytes = format.rowBytes(i, width);
      long end = offsets[i] + (long) strides[i] * (format.rows(i, height) - 1) + rowBytes;
      if (offsets[i] < 0 || strides[i] < rowBytes || end > bytes) {
        return false;
      }
    }
    return bytes <= Integer.MAX_VALUE;
  }

  private static int[] offsets(Pointer base, int at, PixelFormat format) {
    int[] offsets = new int[format.planes()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Math.toIntExact(base.getLong(at + 8L * i));
    }
    return offsets;
  }

  private static @Nullable PixelFormat format(int code) {
    return switch (GstVideo.gst_video_format_to_string(code)) {
      case "I420" -> PixelFormat.I420;
      case "NV12" -> PixelFormat.NV12;
      case "GRAY8" -> PixelFormat.GRAY8;
      case "BGR" -> PixelFormat.BGR24;
      case "RGB" -> PixelFormat.RGB24;
      default -> null;
    };
  }

  private static ColorSpace colors(int matrix, int range, PixelFormat format, int height) {
    ColorSpace assumed = ColorSpace.assumedFor(format, height);
    Matrix known =
        switch (matrix) {
          case 2, 4 -> Matrix.BT601; // FCC, BT.601
          case 3, 5 -> Matrix.BT709; // BT.709, SMPTE 240M: the nearest
          case 6 -> Matrix.BT2020;
          default -> assumed.matrix();
        };
    Range codes =
        switch (range) {
          case 1 -> Range.FULL;
          case 2 -> Range.LIMITED;
          default -> assumed.range();
        };
    return new ColorSpace(known, codes);
  }
}
