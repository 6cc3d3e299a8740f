package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Pictures in, packets out. */
final class Encoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();

  /**
   * Opens an encoder.
   *
   * @param settings sets the size, format and rate
   * @param options of the encoder's own; freed here
   * @throws IllegalStateException with FFmpeg's reason
   */
  Encoder(AVCodec codec, Consumer<AVCodecContext> settings, AVDictionary options) {
    context = avcodec_alloc_context3(codec);
    settings.accept(context);
    int opened = avcodec_open2(context, codec, options);
    av_dict_free(options);
    NativeCount.opened();
    if (opened < 0) {
      close();
      throw new IllegalStateException("the encoder refuses it: " + AvError.text(opened));
    }
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * Encodes a picture, or what is held back if it is null.
   *
   * @param sink gets each packet, lent
   * @return an error of FFmpeg's, or 0
   */
  int encode(@Nullable AVFrame picture, Consumer<AVPacket> sink) {
    int sent = avcodec_send_frame(context, picture);
    if (sent < 0) {
      return sent;
    }
    int received = avcodec_receive_packet(context, packet);
    for (; received == 0; received = avcodec_receive_packet(context, packet)) {
      try {
        sink.accept(packet);
      } finally {
        av_packet_unref(packet);
      }
    }
    return received == AVERROR_EAGAIN() || received == AVERROR_EOF ? 0 : received;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
    NativeCount.closed();
  }
}
