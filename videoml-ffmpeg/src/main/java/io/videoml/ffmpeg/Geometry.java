package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_align_dimensions2;
import static org.bytedeco.ffmpeg.global.avutil.av_image_fill_linesizes;
import static org.bytedeco.ffmpeg.global.avutil.av_image_fill_plane_sizes;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * Where the planes of a picture lie in one block of memory, as the decoder's vector code needs
 * them.
 */
final class Geometry {
  /** Start of each plane, and the least alignment of a row: the widest vector registers. */
  static final int ALIGNMENT = 64;

  // Vector code may read and write a little past the end of a plane.
  private static final int TAIL = 2 * ALIGNMENT;

  final int format;
  final int width;
  final int height;
  final int[] strides = new int[4];
  final int[] offsets = new int[4];
  final int planes;
  final int bytes;

  /**
   * @param decoder whose demands on alignment are met; null where plain rows will do
   */
  Geometry(@Nullable AVCodecContext decoder, int format, int width, int height) {
    this.format = format;
    this.width = width;
    this.height = height;
    int[] w = {width};
    int[] h = {height};
    int[] alignment = new int[8];
    if (decoder != null) {
      avcodec_align_dimensions2(decoder, w, h, alignment);
    }
    int unaligned;
    do {
      if (av_image_fill_linesizes(strides, format, w[0]) < 0) {
        throw new IllegalArgumentException(
            "no picture of format " + format + " is " + width + " wide");
      }
      // The width with its lowest bit doubled: all planes stay in proportion while the rows become
      // aligned.
      w[0] += w[0] & -w[0];
      unaligned = 0;
      for (int i = 0; i < 4; i++) {
        unaligned |= strides[i] % Math.max(ALIGNMENT, alignment[i]);
      }
    } while (unaligned != 0);
    try (SizeTPointer sizes = new SizeTPointer(4);
        SizeTPointer lines = new SizeTPointer(4)) {
      for (int i = 0; i < 4; i++) {
        lines.put(i, strides[i]);
      }
      if (av_image_fill_plane_sizes(sizes, format, h[0], lines) < 0) {
        throw new IllegalArgumentException(
            "no picture of format " + format + " is " + height + " high");
      }
      long end = 0;
      int count = 0;
      for (; count < 4 && sizes.get(count) > 0; count++) {
        offsets[count] = Math.toIntExact(end);
        end += (sizes.get(count) + TAIL + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
      planes = count;
      bytes = Math.toIntExact(end);
    }
  }

  boolean fits(int otherFormat, int otherWidth, int otherHeight) {
    return format == otherFormat && width == otherWidth && height == otherHeight;
  }
}
