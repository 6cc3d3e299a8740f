package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avformat.av_stream_get_parser;

import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Tells by the camera's clock when the picture of each packet was taken. FFmpeg attaches that time
 * to packets of RTP, once the camera has sent an RTCP sender report.
 */
final class SenderTime {
  /** The camera has not said yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private final AVStream stream;
  private long nextMicros = UNKNOWN;

  SenderTime(AVStream stream) {
    this.stream = stream;
  }

  /**
   * Takes note of a packet that was read, and returns when its picture was taken, microseconds
   * since 1970; every packet must be shown, in order.
   */
  long of(AVPacket packet) {
    long attached = attached(packet);
    if (!assembled()) {
      return attached;
    }
    // What ends a picture is the first data of the next one, and it is that data's time which is
    // attached to the picture.
    long micros = nextMicros;
    nextMicros = attached;
    return micros;
  }

  /** Returns whether FFmpeg puts pictures together of what comes in several packets. */
  private boolean assembled() {
    AVCodecParserContext parser = av_stream_get_parser(stream);
    return parser != null
        && parser.cur_offset() > 0 // else it is there, but nothing goes through it, as for MJPEG
        && (parser.flags() & AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES) == 0;
  }

  private static long attached(AVPacket packet) {
    BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, (SizeTPointer) null);
    if (data == null) {
      return UNKNOWN;
    }
    long micros = new AVProducerReferenceTime(data).wallclock();
    return micros > 0 ? micros : UNKNOWN; // a camera without a clock sends zero, which is 1900
  }
}
