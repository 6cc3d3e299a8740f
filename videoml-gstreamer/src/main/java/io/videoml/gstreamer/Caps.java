package io.videoml.gstreamer;

import java.util.OptionalDouble;

/**
 * What caps say of a stream, read once.
 *
 * @param type the media type, as {@code "video/x-h264"}
 * @param width pixels; 0 where they do not say
 * @param height pixels; 0 where they do not say
 * @param frameRate empty where they do not say, or it varies
 * @param rgb whether pictures are raw, and RGB of a kind that frames can be
 */
record Caps(String type, int width, int height, OptionalDouble frameRate, boolean rgb) {
  static final String RAW = "video/x-raw";

  static Caps of(long caps) {
    long structure = Gst.gst_caps_get_structure(caps, 0);
    int[] first = new int[1];
    int[] second = new int[1];
    String type = Gst.gst_structure_get_name(structure);
    int width = Gst.gst_structure_get_int(structure, "width", first) == 0 ? 0 : first[0];
    int height = Gst.gst_structure_get_int(structure, "height", first) == 0 ? 0 : first[0];
    OptionalDouble rate = OptionalDouble.empty();
    if (Gst.gst_structure_get_fraction(structure, "framerate", first, second) != 0
        && first[0] > 0
        && second[0] > 0) {
      rate = OptionalDouble.of((double) first[0] / second[0]);
    }
    String format = Gst.gst_structure_get_string(structure, "format");
    boolean rgb = type.equals(RAW) && ("RGB".equals(format) || "BGR".equals(format));
    return new Caps(type, width, height, rate, rgb);
  }

  boolean raw() {
    return type.equals(RAW);
  }

  /** Returns the short name of the codec, as FFmpeg has it. */
  String codec() {
    return Codec.nameOf(type);
  }
}
