package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The way of one codec from RTP to coded pictures; a camera feeds the one that fits, and audio
 * none.
 *
 * <p>Not {@code parsebin} for all: it settles how pictures are framed before it knows the parser,
 * which then waits for the next picture to know that one is whole. That is 40 ms at 25 frames a
 * second (measured 2026-11-24, GStreamer 1.22).
 */
enum RtpBranch {
  H264("H264", "rtph264depay ! h264parse"),
  H265("H265", "rtph265depay ! h265parse"),
  JPEG("JPEG", "rtpjpegdepay"),
  OTHER("{VP8,VP9,AV1,MP4V-ES,MPV,MP2T}", "parsebin");

  private final String encodings;
  private final String chain;

  RtpBranch(String encodings, String chain) {
    this.encodings = encodings;
    this.chain = chain;
  }

  /**
   * Returns those whose elements are installed.
   *
   * @throws SourceException if H.264 is not among them, or nothing that speaks RTSP is there
   */
  static List<RtpBranch> installed(String id) {
    Stream.concat(Stream.of("rtspsrc"), H264.elements())
        .filter(element -> !Prober.present(element))
        .findFirst()
        .ifPresent(
            element -> {
              throw new SourceException(Kind.UNSUPPORTED, id, Packages.missing(element));
            });
    return Arrays.stream(values())
        .filter(branch -> branch.elements().allMatch(Prober::present))
        .toList();
  }

  private Stream<String> elements() {
    return Stream.of(chain.split(" ! "));
  }

  /**
   * Returns the description from the camera's caps to coded pictures.
   *
   * @param parameterSets whether to repeat those of H.264 and H.265 before each key frame
   */
  String text(boolean parameterSets) {
    boolean parsed = this == H264 || this == H265;
    return "application/x-rtp,media=video,encoding-name=(string)"
        + encodings
        + " ! "
        + chain
        + (parsed && parameterSets ? " config-interval=-1" : "");
  }

  String sink() {
    return "videoml_" + name().toLowerCase(Locale.ROOT);
  }
}
