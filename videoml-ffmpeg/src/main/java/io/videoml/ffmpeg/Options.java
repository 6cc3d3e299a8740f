package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** What FFmpeg is told before it opens a source. */
final class Options {
  private static final Duration SPARE = Duration.ofMillis(300);

  private Options() {}

  /** Returns the options of a source, which the caller frees. */
  static AVDictionary of(FfmpegSource source) {
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "protocol_whitelist", source.address().kind().protocols(), 0);
    switch (source.address().kind()) {
      case HTTP -> av_dict_set(options, "rw_timeout", micros(source.readTimeout()), 0);
      case RTSP -> rtsp(source, options);
      case SRT -> {
        String millis = Long.toString(source.connectTimeout().toMillis());
        av_dict_set(options, "connect_timeout", millis, 0);
      }
      default -> {}
    }
    return options;
  }

  private static void rtsp(FfmpegSource source, AVDictionary options) {
    // Longer than ours: when its own time is up, FFmpeg first gives out the picture that it was
    // putting together, and so would wait twice.
    av_dict_set(options, "timeout", micros(source.readTimeout().plus(SPARE)), 0);
    av_dict_set(options, "rtsp_transport", flags(source.rtspTransport()), 0);
    if (source.rtspTransport() == RtspTransport.TCP_THEN_UDP) {
      av_dict_set(options, "rtsp_flags", "prefer_tcp", 0);
    }
    String certificates = source.certificates();
    if (certificates != null) {
      av_dict_set(options, "tls_verify", "1", 0);
      av_dict_set(options, "ca_file", certificates, 0);
    }
    // Sound would be sent for nothing, and FFmpeg would take its media time from two clocks.
    av_dict_set(options, "allowed_media_types", "video", 0);
    // 20 by default, to tell the frame rate: four seconds of a slow camera, at each reconnect.
    av_dict_set(options, "fpsprobesize", "2", 0);
  }

  private static String flags(RtspTransport transport) {
    return switch (transport) {
      case TCP -> "tcp";
      case UDP -> "udp";
      case TCP_THEN_UDP -> "tcp+udp";
    };
  }

  private static String micros(Duration time) {
    return Long.toString(time.toNanos() / 1000);
  }
}
