package io.videoml.gstreamer;

import io.videoml.gstreamer.GStreamerSupport.Element;
import io.videoml.gstreamer.GStreamerSupport.VideoDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries what GStreamer can do here. */
final class Prober {
  private static final List<String> NEEDED =
      List.of(
          "appsink",
          "appsrc",
          "videoconvert",
          "parsebin",
          "rtspsrc",
          "rtpjitterbuffer",
          "rtph264depay",
          "rtph265depay",
          "rtpjpegdepay",
          "h264parse",
          "h265parse",
          "jpegdec",
          "avdec_h264",
          "avdec_h265");

  private Prober() {}

  static GStreamerSupport probe() {
    Optional<String> problem = Natives.problem();
    boolean loaded = problem.isEmpty();
    List<Element> elements = new ArrayList<>();
    for (String name : NEEDED) {
      elements.add(
          new Element(name, loaded && present(name), Packages.of(name).orElse("gstreamer1.0")));
    }
    Optional<String> version = loaded ? Optional.of(version()) : Optional.empty();
    return new GStreamerSupport(version, problem, elements, loaded ? decoders() : List.of());
  }

  static boolean present(String element) {
    long factory = Gst.gst_element_factory_find(element);
    if (factory == 0) {
      return false;
    }
    Gst.gst_object_unref(factory);
    return true;
  }

  private static String version() {
    int[] major = new int[1];
    int[] minor = new int[1];
    int[] micro = new int[1];
    Gst.gst_version(major, minor, micro, new int[1]);
    return major[0] + "." + minor[0] + "." + micro[0];
  }

  private static List<VideoDecoder> decoders() {
    List<VideoDecoder> found = new ArrayList<>();
    Map<String, Boolean> tried = new HashMap<>(); // some decode several codecs
    for (Codec codec : Codec.values()) {
      long caps = Gst.gst_caps_from_string(codec.caps());
      for (Decoder decoder : Decoder.of(caps)) {
        found.add(
            new VideoDecoder(
                decoder.name(),
                codec.shortName(),
                decoder.hardware() ? Optional.of(decoder.device()) : Optional.empty(),
                tried.computeIfAbsent(decoder.name(), name -> decoder.starts())));
      }
      Gst.gst_mini_object_unref(caps);
    }
    return found;
  }
}
