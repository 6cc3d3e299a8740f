package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_COPY_OPAQUE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** One of FFmpeg's decoders, opened for one encoding. */
final class CodecSession implements AutoCloseable {
  private final AVCodecContext context;
  private final FrameAllocator allocator;
  private final String codecName;
  private final String decoderName;

  private CodecSession(AVCodec codec, String codecName) {
    this.codecName = codecName;
    this.decoderName = codec.name().getString();
    this.context = avcodec_alloc_context3(codec);
    this.allocator = new FrameAllocator(context);
    NativeCount.opened();
  }

  static CodecSession open(
      String source, PacketDecoding settings, AVCodecParameters parameters, TimeBase base) {
    int codecId = parameters.codec_id();
    String codecName = avcodec_get_name(codecId).getString();
    AVCodec codec = avcodec_find_decoder(codecId);
    if (codec == null) {
      throw new SourceException(
          Kind.UNSUPPORTED, source, "this build of FFmpeg has no decoder for " + codecName);
    }
    CodecSession session = new CodecSession(codec, codecName);
    AVCodecContext context = session.context;
    avcodec_parameters_to_context(context, parameters);
    context.pkt_timebase().num((int) base.num()).den((int) base.den());
    context.flags(context.flags() | AV_CODEC_FLAG_COPY_OPAQUE);
    context.thread_count(settings.threads());
    HardwareDevice.attach(settings.hardware(), codec, context);
    int opened = avcodec_open2(context, codec, (AVDictionary) null);
    if (opened < 0) {
      session.close();
      throw new SourceException(
          Kind.UNSUPPORTED,
          source,
          "the decoder "
              + session.decoderName
              + " refuses "
              + codecName
              + ": "
              + AvError.text(opened));
    }
    return session;
  }

  AVCodecContext context() {
    return context;
  }

  FrameAllocator allocator() {
    return allocator;
  }

  String codecName() {
    return codecName;
  }

  String decoderName() {
    return decoderName;
  }

  @Override
  public void close() {
    avcodec_free_context(context);
    allocator.close();
    NativeCount.closed();
  }
}
