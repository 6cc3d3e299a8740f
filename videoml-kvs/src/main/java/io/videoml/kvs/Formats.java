package io.videoml.kvs;

import io.videoml.kvs.fragment.KvsTrack;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Tells how a track is encoded; gives the same object as long as nothing changes. */
final class Formats {
  private static final Map<String, String> CODECS =
      Map.of(
          "V_MPEG4/ISO/AVC", "h264",
          "V_MPEGH/ISO/HEVC", "hevc",
          "V_MJPEG", "mjpeg",
          "V_MPEG4/ISO/SP", "mpeg4",
          "V_MPEG4/ISO/ASP", "mpeg4",
          "V_VP8", "vp8",
          "V_VP9", "vp9",
          "V_AV1", "av1");

  private static final double MOST_RATE = 1000;

  private final String source;
  private final boolean rated;
  private @Nullable EncodedFormat last;

  /**
   * @param rated whether to take over the frame rate that tracks declare
   */
  Formats(String source, boolean rated) {
    this.source = source;
    this.rated = rated;
  }

  /**
   * Returns the format of a track.
   *
   * @param frame the first of it in a fragment, from which is seen what the track does not say
   */
  EncodedFormat of(KvsTrack track, ByteBuffer frame) {
    String codec = CODECS.get(track.codecId());
    if (codec == null) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          source,
          "the codec \"%s\" is not known here; H.264 (V_MPEG4/ISO/AVC) and H.265 (V_MPEGH/ISO/HEVC) are"
              .formatted(track.codecId()));
    }
    ByteBuffer codecPrivate = track.codecPrivate();
    Packaging packaging = packaging(codec, codecPrivate, frame);
    byte[] privateData = new byte[codecPrivate.remaining()];
    codecPrivate.get(privateData);
    EncodedFormat format =
        new EncodedFormat(
            codec, packaging, track.width(), track.height(), privateData, rate(track));
    EncodedFormat before = last;
    if (before != null && format.equals(before)) {
      return before;
    }
    last = format;
    return format;
  }

  private OptionalDouble rate(KvsTrack track) {
    double rate = 1e9 / Math.max(1, track.defaultDurationNanos());
    return rated && rate >= 1 && rate <= MOST_RATE
        ? OptionalDouble.of(rate)
        : OptionalDouble.empty();
  }

  private Packaging packaging(String codec, ByteBuffer codecPrivate, ByteBuffer frame) {
    if (!codec.equals("h264") && !codec.equals("hevc")) {
      return Packaging.NONE;
    }
    if (codecPrivate.hasRemaining()) {
      return startsWithCode(codecPrivate) ? Packaging.ANNEX_B : Packaging.LENGTH_PREFIXED;
    }
    if (startsWithCode(frame)) { // as kvssink sends H.265
      return Packaging.ANNEX_B;
    }
    throw new SourceException(
        Kind.UNSUPPORTED,
        source,
        "the producer sends %s without CodecPrivate and without start codes, which nothing can decode; have it send either"
            .formatted(codec));
  }

  private static boolean startsWithCode(ByteBuffer data) {
    int at = data.position();
    int zeros = 0;
    while (at + zeros < data.limit() && zeros < 4 && data.get(at + zeros) == 0) {
      zeros++;
    }
    return (zeros == 2 || zeros == 3) && at + zeros < data.limit() && data.get(at + zeros) == 1;
  }
}
