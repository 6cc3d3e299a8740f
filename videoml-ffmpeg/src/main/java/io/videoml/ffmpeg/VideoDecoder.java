package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONKEY;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Turns packets into pictures that lie in {@link PixelMemory}. */
final class VideoDecoder implements AutoCloseable {
  private final String source;
  private final PacketDecoding settings;
  private final TimeBase base;
  private final AVFrame frame = av_frame_alloc();
  private CodecSession session;
  private DecodeDemand demand = DecodeDemand.ALL;
  private @Nullable Geometry staging;
  private @Nullable String activeDevice;
  private long busyNanos;
  private int rejected;

  private VideoDecoder(
      String source, PacketDecoding settings, TimeBase base, CodecSession session) {
    this.source = source;
    this.settings = settings;
    this.base = base;
    this.session = session;
  }

  static VideoDecoder open(
      String source, PacketDecoding settings, AVCodecParameters parameters, TimeBase base) {
    CodecSession session = CodecSession.open(source, settings, parameters, base);
    return new VideoDecoder(source, settings, base, session);
  }

  /**
   * Forgets everything, and goes on with packets that are encoded otherwise, or have no connection
   * with those before; where that fails, it stays as it is.
   */
  void reopen(AVCodecParameters parameters) {
    AVCodecContext before = session.context();
    boolean alike =
        parameters.codec_id() == before.codec_id()
            && parameters.width() == before.width()
            && parameters.height() == before.height();
    if (alike) { // else it would have to find out again, by pictures that come too late
      parameters.video_delay(Math.max(parameters.video_delay(), before.has_b_frames()));
    }
    CodecSession next = CodecSession.open(source, settings, parameters, base);
    session.close();
    session = next;
    demand(demand);
  }

  void demand(DecodeDemand wanted) {
    demand = wanted;
    session
        .context()
        .skip_frame(
            switch (wanted) {
              case ALL, MOVING -> AVDISCARD_DEFAULT;
              case REFERENCE_FRAMES -> AVDISCARD_NONREF;
              case KEY_FRAMES -> AVDISCARD_NONKEY;
            });
  }

  /**
   * Hands over a packet; {@link #receive} must have returned null before.
   *
   * @param packet null at the end of the stream, or to have what is held back
   */
  void send(@Nullable AVPacket packet) {
    long start = System.nanoTime();
    int result = avcodec_send_packet(session.context(), packet);
    busyNanos += System.nanoTime() - start;
    requireMemory();
    if (result < 0 && result != AVERROR_EOF) {
      rejected++;
    }
  }

  /**
   * Returns the next picture, which stays until the next call; null where another packet is needed.
   */
  @Nullable AVFrame receive() {
    long start = System.nanoTime();
    int result = avcodec_receive_frame(session.context(), frame);
    busyNanos += System.nanoTime() - start;
    requireMemory();
    if (result == 0) {
      settle();
      return frame;
    }
    if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
      rejected++;
    }
    return null;
  }

  /** Forgets what it holds back, and starts afresh at the next key frame. */
  void flush() {
    avcodec_flush_buffers(session.context());
  }

  /** Returns the time spent since the last call, nanoseconds. */
  long takeBusyNanos() {
    long nanos = busyNanos;
    busyNanos = 0;
    return nanos;
  }

  /** Returns how many packets could not be decoded. */
  int rejected() {
    return rejected;
  }

  /** Returns whether pictures can come out in another order than they went in. */
  boolean reorders() {
    return session.context().has_b_frames() > 0;
  }

  String codecName() {
    return session.codecName();
  }

  String decoderName() {
    return session.decoderName();
  }

  /** Returns the device that decoded the last picture; null for the CPU. */
  @Nullable String activeDevice() {
    return activeDevice;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    session.close();
  }

  /**
   * Brings a picture of a GPU, or of a decoder with memory of its own, into memory that the JVM
   * owns.
   */
  private void settle() {
    if (PixelMemory.of(frame) != null) {
      activeDevice = null;
      return;
    }
    boolean onDevice = (av_pix_fmt_desc_get(frame.format()).flags() & AV_PIX_FMT_FLAG_HWACCEL) != 0;
    activeDevice = onDevice ? HardwareDevice.name(frame) : null;
    AVFrame copy = av_frame_alloc();
    int format = onDevice ? HardwareDevice.downloadFormat(frame) : frame.format();
    copy.format(format);
    copy.width(frame.width());
    copy.height(frame.height());
    try {
      PixelMemory.lend(stagingFor(format, frame.width(), frame.height()), copy);
      int result = onDevice ? av_hwframe_transfer_data(copy, frame, 0) : av_frame_copy(copy, frame);
      if (result < 0) {
        throw new SourceException(
            Kind.CONFIGURATION,
            source,
            "a picture cannot be copied to main memory: " + AvError.text(result));
      }
      av_frame_copy_props(copy, frame);
      av_frame_unref(frame);
      av_frame_move_ref(frame, copy);
    } finally {
      av_frame_free(copy);
    }
  }

  private Geometry stagingFor(int format, int width, int height) {
    Geometry geometry = staging;
    if (geometry == null || !geometry.fits(format, width, height)) {
      geometry = new Geometry(null, format, width, height);
      staging = geometry;
    }
    return geometry;
  }

  /**
   * Whatever the decoder made of a failed request: some conceal it, and give out a grey picture.
   */
  private void requireMemory() {
    try {
      session.allocator().rethrow();
    } catch (OutOfMemoryError e) {
      throw new SourceException(
          Kind.CONFIGURATION,
          source,
          "no memory for another picture; close shared frames earlier, or raise -XX:MaxDirectMemorySize",
          e);
    } catch (RuntimeException e) {
      throw new SourceException(
          Kind.UNSUPPORTED, source, "its pictures fit no memory: " + e.getMessage(), e);
    }
  }
}
