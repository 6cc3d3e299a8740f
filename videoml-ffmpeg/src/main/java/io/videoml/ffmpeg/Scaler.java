package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRPF32;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_BT2020;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FAST_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.videoml.frame.ColorSpace;
import io.videoml.tensor.Resampling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Converts pictures of one kind into another with swscale: size, layout and colours in one pass.
 */
final class Scaler implements AutoCloseable {

  /**
   * What a scaler does.
   *
   * @param format FFmpeg's, of the source
   * @param colors of the source
   * @param outFormat FFmpeg's, of the result
   * @param outColors of the result; not used where it is RGB
   */
  record Task(
      int format,
      int width,
      int height,
      ColorSpace colors,
      int outFormat,
      int outWidth,
      int outHeight,
      ColorSpace outColors,
      Resampling resampling) {}

  // Swscale makes a 16-bit level of an 8-bit one by appending eight zero bits and divides by 65535,
  // so that white is
  // 0.9961; the factor of 257/256 makes it 1.
  private static final int FLOAT_CONTRAST = (1 << 16) * 257 / 256;

  private final Task task;
  private final SwsContext context;
  private final PointerPointer<Pointer> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private float[] row = {};
  private @Nullable ByteBuffer scratch;

  Scaler(Task task) {
    this.task = task;
    context =
        sws_getContext(
            task.width(),
            task.height(),
            withoutRange(task.format()),
            task.outWidth(),
            task.outHeight(),
            task.outFormat(),
            flags(task),
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      planes.close();
      strides.close();
      throw new IllegalStateException("swscale cannot convert " + task);
    }
    sws_setColorspaceDetails(
        context,
        sws_getCoefficients(coefficients(task.colors())),
        full(task.colors()),
        sws_getCoefficients(coefficients(task.outColors())),
        full(task.outColors()),
        0,
        task.outFormat() == AV_PIX_FMT_GBRPF32 ? FLOAT_CONTRAST : 1 << 16,
        1 << 16);
    for (int i = 0; i < 4; i++) {
      planes.put(i, null);
      strides.put(i, 0);
    }
    NativeCount.opened();
  }

  Task task() {
    return task;
  }

  /** Sets where a plane of the result goes. */
  Scaler plane(int index, Pointer address, int stride) {
    planes.put(index, address);
    strides.put(index, stride);
    return this;
  }

  void run(AVFrame source) {
    sws_scale(context, source.data(), source.linesize(), 0, task.height(), planes, strides);
  }

  /** Returns scratch memory for whoever uses the result. */
  float[] row(int length) {
    if (row.length < length) {
      row = new float[length];
    }
    return row;
  }

  /** Returns scratch memory for the result. */
  ByteBuffer scratch(int bytes) {
    ByteBuffer memory = scratch;
    if (memory == null || memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      scratch = memory;
    }
    return memory;
  }

  @Override
  public void close() {
    sws_freeContext(context);
    planes.close();
    strides.close();
    NativeCount.closed();
  }

  private static int flags(Task task) {
    int exact = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
    if (task.outFormat() == AV_PIX_FMT_GBRPF32) {
      // For results of more than 14 bits, "fast" means two taps about the pixel centres, as in
      // OpenCV; plain SWS_BILINEAR
      // widens its kernel when it shrinks. For 8 bits it would mean another scaler, which is off by
      // half a pixel.
      return exact | (task.resampling() == Resampling.AREA ? SWS_AREA : SWS_FAST_BILINEAR);
    }
    return exact | SWS_AREA;
  }

  private static int coefficients(ColorSpace colors) {
    return switch (colors.matrix()) {
      case BT601 -> SWS_CS_ITU601;
      case BT709 -> SWS_CS_ITU709;
      case BT2020 -> SWS_CS_BT2020;
    };
  }

  private static int full(ColorSpace colors) {
    return colors.range() == ColorSpace.Range.FULL ? 1 : 0;
  }

  /** The range goes with the colours; the formats that imply one are obsolete. */
  private static int withoutRange(int format) {
    if (format == AV_PIX_FMT_YUVJ420P) {
      return AV_PIX_FMT_YUV420P;
    }
    if (format == AV_PIX_FMT_YUVJ422P) {
      return AV_PIX_FMT_YUV422P;
    }
    if (format == AV_PIX_FMT_YUVJ440P) {
      return AV_PIX_FMT_YUV440P;
    }
    return format == AV_PIX_FMT_YUVJ444P ? AV_PIX_FMT_YUV444P : format;
  }
}
