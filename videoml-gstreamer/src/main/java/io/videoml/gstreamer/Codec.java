package io.videoml.gstreamer;

import java.util.Arrays;

/** The kinds of video that are decoded, by the names that FFmpeg gives them. */
enum Codec {
  H264("h264", "video/x-h264", "alignment=au,stream-format=byte-stream"),
  HEVC("hevc", "video/x-h265", "alignment=au,stream-format=byte-stream"),
  MJPEG("mjpeg", "image/jpeg", ""),
  VP8("vp8", "video/x-vp8", ""),
  VP9("vp9", "video/x-vp9", ""),
  AV1("av1", "video/x-av1", "");

  private final String shortName;
  private final String type;
  private final String form;

  Codec(String shortName, String type, String form) {
    this.shortName = shortName;
    this.type = type;
    this.form = form;
  }

  String shortName() {
    return shortName;
  }

  /** Returns the caps that decoders are looked up by. */
  String caps() {
    return form.isEmpty() ? type : type + "," + form;
  }

  /** Returns the short name of a media type; what follows the slash where it is not known. */
  static String nameOf(String type) {
    return Arrays.stream(values())
        .filter(codec -> codec.type.equals(type))
        .map(Codec::shortName)
        .findFirst()
        .orElseGet(() -> type.substring(type.indexOf('/') + 1).replaceFirst("^x-", ""));
  }

  /** Returns caps of everything that can come out of a description: one picture a buffer. */
  static String everything() {
    return "video/x-raw;video/x-h264,alignment=au,stream-format=byte-stream"
        + ";video/x-h264,alignment=au;video/x-h265,alignment=au,stream-format=byte-stream"
        + ";video/x-h265,alignment=au;image/jpeg;video/x-vp8;video/x-vp9"
        + ";video/x-av1;video/mpeg;video/x-theora;video/x-wmv;image/png";
  }
}
