package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_parse_string;

import io.videoml.frame.ColorSpace;
import io.videoml.frame.OwnedFrame;
import io.videoml.testkit.TestClip;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Encodes generated clips into files of any container that FFmpeg knows. */
final class Clips {
  private Clips() {}

  /** Encodes a clip; the file's extension chooses the container. */
  static Path encode(TestClip clip, Path file, String encoderName, int bFrames) {
    return encode(clip, file, encoderName, bFrames, "");
  }

  /** As the other, with one option of the container, as {@code name=value}. */
  static Path encode(
      TestClip clip, Path file, String encoderName, int bFrames, String containerOption) {
    Natives.require("test");
    AVFormatContext context = new AVFormatContext(null);
    check(avformat_alloc_output_context2(context, null, null, file.toString()));
    boolean global = (context.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
    Encoder encoder =
        new Encoder(
            avcodec_find_encoder_by_name(encoderName),
            c -> {
              c.width(clip.width());
              c.height(clip.height());
              c.pix_fmt(AV_PIX_FMT_YUV420P);
              c.time_base().num(1).den((int) clip.framesPerSecond());
              c.framerate().num((int) clip.framesPerSecond()).den(1);
              c.bit_rate(1_000_000);
              c.gop_size(clip.gop());
              c.max_b_frames(bFrames);
              c.flags(c.flags() | (global ? AV_CODEC_FLAG_GLOBAL_HEADER : 0));
            },
            new AVDictionary(null));
    AVStream stream = avformat_new_stream(context, null);
    avcodec_parameters_from_context(stream.codecpar(), encoder.context());
    stream.time_base().num(1).den((int) clip.framesPerSecond());
    AVIOContext io = new AVIOContext(null);
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
    context.pb(io);
    AVDictionary options = new AVDictionary(null);
    av_dict_parse_string(options, containerOption, "=", ",", 0);
    check(avformat_write_header(context, options));
    av_dict_free(options);
    try (Pictures pictures = new Pictures()) {
      for (int i = 0; i < clip.frames(); i++) {
        try (OwnedFrame frame = clip.frame(i);
            Canvas canvas =
                Canvas.of(frame, clip.width(), clip.height(), ColorSpace.BT601_LIMITED, pictures)) {
          canvas.picture().pts(i);
          check(encoder.encode(canvas.picture(), packet -> mux(context, stream, encoder, packet)));
        }
      }
    }
    check(encoder.encode(null, packet -> mux(context, stream, encoder, packet)));
    check(av_write_trailer(context));
    encoder.close();
    avio_closep(context.pb());
    avformat_free_context(context);
    return file;
  }

  private static void mux(
      AVFormatContext context,
      AVStream stream,
      Encoder encoder,
      org.bytedeco.ffmpeg.avcodec.AVPacket packet) {
    packet.duration(1); // else the edit list of an MP4 leaves out the last frame
    av_packet_rescale_ts(packet, encoder.context().time_base(), stream.time_base());
    check(av_interleaved_write_frame(context, packet));
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException(AvError.text(result));
    }
  }
}
