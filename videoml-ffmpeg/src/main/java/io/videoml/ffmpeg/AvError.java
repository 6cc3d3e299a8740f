package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DEMUXER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_BAD_REQUEST;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_OTHER_4XX;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_SERVER_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_TOO_MANY_REQUESTS;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PATCHWELCOME;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PROTOCOL_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.videoml.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.presets.avutil;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's error codes: what they say, and what they mean for a source. */
final class AvError {
  private static final String PLATFORM = Loader.Detector.getPlatform();
  private static final int ETIMEDOUT = errno(110, 60, 138);
  private static final int ECONNREFUSED = errno(111, 61, 107);
  private static final int ECONNRESET = errno(104, 54, 108);
  private static final int EHOSTUNREACH = errno(113, 65, 110);
  private static final int ENETUNREACH = errno(101, 51, 118);
  private static final int EPROTONOSUPPORT = errno(93, 43, 135);

  private AvError() {}

  /** Returns FFmpeg's words for a code. */
  static String text(int code) {
    byte[] text = new byte[128];
    av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  static Kind kind(int code, SourceKind source) {
    if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN) {
      return Kind.AUTHENTICATION;
    }
    if (code == AVERROR_HTTP_NOT_FOUND || code == avutil.AVERROR_ENOENT()) {
      return Kind.NOT_FOUND;
    }
    if (code == AVERROR_HTTP_BAD_REQUEST
        || code == AVERROR_HTTP_OTHER_4XX
        || code == AVERROR_HTTP_TOO_MANY_REQUESTS
        || code == AVERROR_HTTP_SERVER_ERROR
        || code == ECONNREFUSED) {
      return Kind.REFUSED;
    }
    if (code == ETIMEDOUT) {
      return Kind.STALLED;
    }
    if (code == AVERROR_INVALIDDATA) {
      return Kind.CORRUPT;
    }
    if (code == AVERROR_DECODER_NOT_FOUND
        || code == AVERROR_DEMUXER_NOT_FOUND
        || code == AVERROR_PATCHWELCOME
        || code == EPROTONOSUPPORT) {
      return Kind.UNSUPPORTED;
    }
    // What the list of allowed protocols refuses comes back as one of these two.
    if (code == AVERROR_PROTOCOL_NOT_FOUND || code == avutil.AVERROR_EINVAL()) {
      return Kind.UNSUPPORTED;
    }
    // Of a server it means no more than that it did not answer as it should.
    boolean forbidden = code == avutil.AVERROR_EPERM() && source == SourceKind.FILE;
    if (code == avutil.AVERROR_EACCES() || forbidden || code == avutil.AVERROR_ENOMEM()) {
      return Kind.CONFIGURATION;
    }
    if (code == ECONNRESET || code == EHOSTUNREACH || code == ENETUNREACH) {
      return Kind.NETWORK;
    }
    return source == SourceKind.FILE ? Kind.CORRUPT : Kind.NETWORK;
  }

  private static int errno(int linux, int mac, int windows) {
    if (PLATFORM.startsWith("windows")) {
      return -windows;
    }
    return PLATFORM.startsWith("mac") || PLATFORM.startsWith("ios") ? -mac : -linux;
  }
}
