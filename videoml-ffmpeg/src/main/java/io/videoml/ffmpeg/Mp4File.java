package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.videoml.detect.Detection;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.PixelFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** An MP4 file with one video stream; the first frame decides its size. */
final class Mp4File implements FrameFiles {
  // Holds 24, 25, 30 and 29.97 frames a second exactly; MPEG-4 allows no finer than 1/65535.
  private static final int TICKS_PER_SECOND = 60_000;
  private static final int KEY_FRAME_EVERY = 50;

  private final Path file;
  private final Pictures pictures = new Pictures();
  private @Nullable Open open;
  private boolean failed;
  private long lastTicks = -1;
  private long duration;

  Mp4File(Path file) {
    this.file = file;
  }

  /** What exists from the first frame on. */
  private record Open(
      AVFormatContext context,
      AVStream stream,
      Encoder encoder,
      ColorSpace colors,
      int width,
      int height) {}

  @Override
  public Path write(Frame frame, List<Detection> detections) {
    if (failed) {
      throw new FfmpegException(file, "writing failed before; see the first error");
    }
    failed = true; // until all went well
    Open target = openFor(frame.info());
    try (Canvas canvas =
        Canvas.of(frame, target.width(), target.height(), target.colors(), pictures)) {
      BoxPainter.paint(canvas, detections);
      long ticks = Math.round(frame.info().time().pts().toNanos() * (TICKS_PER_SECOND / 1e9));
      // MP4 readers leave out a last frame that lasts no time; it gets the time of the one before.
      duration = lastTicks < 0 ? TICKS_PER_SECOND / 25 : Math.max(1, ticks - lastTicks);
      lastTicks = Math.max(lastTicks + 1, ticks);
      canvas.picture().pts(lastTicks);
      check(
          target.encoder().encode(canvas.picture(), packet -> mux(target, packet)),
          "a frame cannot be encoded");
    }
    failed = false;
    return file;
  }

  private Open openFor(FrameInfo first) {
    Open target = open;
    if (target == null) {
      target = start(first);
      open = target;
    }
    return target;
  }

  private Open start(FrameInfo info) {
    int width = info.width() + (info.width() & 1);
    int height = info.height() + (info.height() & 1);
    ColorSpace colors = ColorSpace.assumedFor(PixelFormat.I420, height);
    Encoder encoder = encoder(width, height, colors);
    AVFormatContext context = new AVFormatContext(null);
    try {
      check(avformat_alloc_output_context2(context, null, "mp4", null), "FFmpeg cannot write MP4");
      AVStream stream = avformat_new_stream(context, null);
      avcodec_parameters_from_context(stream.codecpar(), encoder.context());
      stream.time_base().num(1).den(TICKS_PER_SECOND);
      AVIOContext io = new AVIOContext(null);
      try (BytePointer url =
          new BytePointer("file:" + file.toAbsolutePath(), StandardCharsets.UTF_8)) {
        check(
            avio_open2(io, url, AVIO_FLAG_WRITE, (AVIOInterruptCB) null, (AVDictionary) null),
            "cannot be created; check the directory and its permissions");
      }
      context.pb(io);
      check(
          avformat_write_header(context, (AVDictionary) null),
          "cannot be written; is the disk full?");
      NativeCount.opened();
      return new Open(context, stream, encoder, colors, width, height);
    } catch (RuntimeException e) {
      encoder.close();
      release(context);
      throw e;
    }
  }

  /** H.264 by openh264, or MPEG-4 where that is absent or refuses the size. */
  private Encoder encoder(int width, int height, ColorSpace colors) {
    AVCodec h264 = avcodec_find_encoder_by_name("libopenh264");
    if (h264 != null) {
      try {
        return new Encoder(h264, c -> settings(c, width, height, colors), new AVDictionary(null));
      } catch (IllegalStateException e) {
        // its limits are narrower than MPEG-4's
      }
    }
    try {
      return new Encoder(
          avcodec_find_encoder(AV_CODEC_ID_MPEG4),
          c -> settings(c, width, height, colors),
          new AVDictionary(null));
    } catch (IllegalStateException e) {
      throw new FfmpegException(
          file, "a video of " + width + "x" + height + " cannot be encoded", e);
    }
  }

  private static void settings(AVCodecContext context, int width, int height, ColorSpace colors) {
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base().num(1).den(TICKS_PER_SECOND);
    // Both encoders budget by frame rate and not by timestamp; the true rate is not known, and may
    // vary.
    context.framerate().num(25).den(1);
    context.bit_rate(Math.max(400_000L, 4L * width * height));
    context.gop_size(KEY_FRAME_EVERY);
    context.max_b_frames(0);
    context.color_range(AVCOL_RANGE_MPEG);
    context.colorspace(
        colors.matrix() == ColorSpace.Matrix.BT709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
  }

  private void mux(Open target, AVPacket packet) {
    packet.duration(duration);
    av_packet_rescale_ts(
        packet, target.encoder().context().time_base(), target.stream().time_base());
    packet.stream_index(0);
    check(
        av_interleaved_write_frame(target.context(), packet),
        "cannot be written; is the disk full?");
  }

  private void check(int result, String message) {
    if (result < 0) {
      throw new FfmpegException(file, message + " (" + AvError.text(result) + ")");
    }
  }

  /** Finishes the file, so that it plays; after an error, as far as it got. */
  @Override
  public void close() {
    Open target = open;
    open = null;
    if (target == null) {
      pictures.close();
      return;
    }
    int result = 0;
    try {
      if (!failed) {
        check(
            target.encoder().encode(null, packet -> mux(target, packet)),
            "the last frames cannot be encoded");
      }
      result = av_write_trailer(target.context());
    } finally {
      target.encoder().close();
      int closed = release(target.context());
      NativeCount.closed();
      pictures.close();
      result = Math.min(result, closed);
    }
    if (!failed) { // else the first error was reported
      check(result, "cannot be finished; is the disk full?");
    }
  }

  private static int release(AVFormatContext context) {
    int closed = 0;
    if (!context.isNull()) {
      if (context.pb() != null) {
        closed = avio_closep(context.pb());
      }
      avformat_free_context(context);
    }
    return closed;
  }
}
