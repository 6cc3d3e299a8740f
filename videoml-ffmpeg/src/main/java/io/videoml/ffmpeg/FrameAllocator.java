package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_default_get_buffer2;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_ENOMEM;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Answers a decoder that asks for memory for its next picture; on any of the decoder's threads. */
final class FrameAllocator implements AutoCloseable {
  private static final Map<Long, FrameAllocator> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong IDS = new AtomicLong();
  private static final Callback CALLBACK = new Callback();

  private final long id = IDS.incrementAndGet();
  private volatile @Nullable Geometry last;
  private volatile @Nullable Throwable failure;

  FrameAllocator(AVCodecContext decoder) {
    OPEN.put(id, this);
    decoder.opaque(new Id(id));
    decoder.get_buffer2(CALLBACK);
  }

  /**
   * Throws what made a request fail, once: the decoder's thread could not, since only C code is
   * below it.
   *
   * @throws OutOfMemoryError where there was no memory for a picture
   */
  void rethrow() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }

  private int fill(AVCodecContext decoder, AVFrame frame, int flags) {
    Geometry geometry = last;
    int format = frame.format();
    int width = frame.width();
    int height = frame.height();
    if (geometry == null || !geometry.fits(format, width, height)) {
      if ((av_pix_fmt_desc_get(format).flags() & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
        return avcodec_default_get_buffer2(decoder, frame, flags);
      }
      geometry = new Geometry(decoder, format, width, height);
      last = geometry;
    }
    PixelMemory.lend(geometry, frame);
    return 0;
  }

  private static final class Callback
      extends AVCodecContext.Get_buffer2_AVCodecContext_AVFrame_int {
    @Override
    public int call(AVCodecContext decoder, AVFrame frame, int flags) {
      FrameAllocator allocator = OPEN.get(decoder.opaque().address());
      if (allocator == null) {
        return AVERROR_EINVAL();
      }
      try {
        return allocator.fill(decoder, frame, flags);
      } catch (RuntimeException | Error e) { // goes to the reader's thread, by rethrow()
        allocator.failure = e;
        return AVERROR_ENOMEM();
      }
    }
  }
}
