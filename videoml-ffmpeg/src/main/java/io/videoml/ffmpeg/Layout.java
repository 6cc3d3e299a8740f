package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE240M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.ColorSpace.Matrix;
import io.videoml.frame.ColorSpace.Range;
import io.videoml.frame.PixelFormat;

/**
 * How pictures of one stream look, decided once for as long as nothing changes.
 *
 * @param format FFmpeg's, of the decoder
 * @param width as stored, pixels
 * @param height as stored, pixels
 * @param matrix FFmpeg's code
 * @param range FFmpeg's code
 * @param orientation how it is turned for display
 * @param shown what the planes of a frame are
 * @param colors what the luma and chroma stand for
 */
record Layout(
    int format,
    int width,
    int height,
    int matrix,
    int range,
    Orientation orientation,
    PixelFormat shown,
    ColorSpace colors) {

  static Layout of(
      int format, int width, int height, int matrix, int range, Orientation orientation) {
    PixelFormat shown = orientation.equals(Orientation.UPRIGHT) ? shown(format) : PixelFormat.I420;
    return new Layout(
        format,
        width,
        height,
        matrix,
        range,
        orientation,
        shown,
        colors(format, shown, height, matrix, range));
  }

  boolean fits(int otherFormat, int otherWidth, int otherHeight, int otherMatrix, int otherRange) {
    return format == otherFormat
        && width == otherWidth
        && height == otherHeight
        && matrix == otherMatrix
        && range == otherRange;
  }

  /** Returns whether the decoder's planes are the frame's planes. */
  boolean direct() {
    return orientation.equals(Orientation.UPRIGHT) && (planar420() || shown != PixelFormat.I420);
  }

  /** Returns whether the decoder's planes are those of I420, turned or not. */
  boolean planar420() {
    return format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P;
  }

  int shownWidth() {
    return orientation.transposed() ? height : width;
  }

  int shownHeight() {
    return orientation.transposed() ? width : height;
  }

  /** Returns the look of the picture as displayed. */
  Layout turned() {
    return new Layout(
        AV_PIX_FMT_YUV420P,
        shownWidth(),
        shownHeight(),
        matrix,
        range,
        Orientation.UPRIGHT,
        shown,
        colors);
  }

  private static PixelFormat shown(int format) {
    if (format == AV_PIX_FMT_NV12) {
      return PixelFormat.NV12;
    }
    return format == AV_PIX_FMT_GRAY8 ? PixelFormat.GRAY8 : PixelFormat.I420;
  }

  private static ColorSpace colors(
      int format, PixelFormat shown, int height, int matrix, int range) {
    ColorSpace assumed = ColorSpace.assumedFor(shown, height);
    Matrix known = assumed.matrix();
    if (matrix == AVCOL_SPC_BT709 || matrix == AVCOL_SPC_SMPTE240M) { // the nearest
      known = Matrix.BT709;
    } else if (matrix == AVCOL_SPC_BT2020_NCL || matrix == AVCOL_SPC_BT2020_CL) {
      known = Matrix.BT2020;
    } else if (matrix == AVCOL_SPC_BT470BG
        || matrix == AVCOL_SPC_SMPTE170M
        || matrix == AVCOL_SPC_FCC) {
      known = Matrix.BT601;
    }
    if (range == AVCOL_RANGE_JPEG || fullByName(format)) {
      return new ColorSpace(known, Range.FULL);
    }
    return new ColorSpace(known, range == AVCOL_RANGE_MPEG ? Range.LIMITED : assumed.range());
  }

  private static boolean fullByName(int format) {
    return format == AV_PIX_FMT_YUVJ420P
        || format == AV_PIX_FMT_YUVJ422P
        || format == AV_PIX_FMT_YUVJ444P
        || format == AV_PIX_FMT_YUVJ440P;
  }
}
