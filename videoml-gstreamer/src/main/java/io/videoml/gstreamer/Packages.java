package io.videoml.gstreamer;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows which Debian package brings an element. */
final class Packages {
  private static final Pattern NO_ELEMENT = Pattern.compile("no element \"([^\"]+)\"");

  /** By the start of the name; the longest that fits counts. */
  private static final Map<String, String> BY_PREFIX =
      Map.ofEntries(
          Map.entry("rtsp", "gstreamer1.0-plugins-good"),
          Map.entry("rtp", "gstreamer1.0-plugins-good"),
          Map.entry("udp", "gstreamer1.0-plugins-good"),
          Map.entry("qtdemux", "gstreamer1.0-plugins-good"),
          Map.entry("matroska", "gstreamer1.0-plugins-good"),
          Map.entry("multifile", "gstreamer1.0-plugins-good"),
          Map.entry("splitmux", "gstreamer1.0-plugins-good"),
          Map.entry("souphttp", "gstreamer1.0-plugins-good"),
          Map.entry("jpeg", "gstreamer1.0-plugins-good"),
          Map.entry("jpegparse", "gstreamer1.0-plugins-bad"),
          Map.entry("vp8", "gstreamer1.0-plugins-good"),
          Map.entry("vp9", "gstreamer1.0-plugins-good"),
          Map.entry("v4l2", "gstreamer1.0-plugins-good"),
          Map.entry("v4l2sl", "gstreamer1.0-plugins-bad"),
          Map.entry("mp4mux", "gstreamer1.0-plugins-good"),
          Map.entry("h26", "gstreamer1.0-plugins-bad"),
          Map.entry("openh264", "gstreamer1.0-plugins-bad"),
          Map.entry("x265", "gstreamer1.0-plugins-bad"),
          Map.entry("libde265", "gstreamer1.0-plugins-bad"),
          Map.entry("hls", "gstreamer1.0-plugins-bad"),
          Map.entry("dash", "gstreamer1.0-plugins-bad"),
          Map.entry("ts", "gstreamer1.0-plugins-bad"),
          Map.entry("mpegts", "gstreamer1.0-plugins-bad"),
          Map.entry("srt", "gstreamer1.0-plugins-bad"),
          Map.entry("webrtc", "gstreamer1.0-plugins-bad"),
          Map.entry("nv", "gstreamer1.0-plugins-bad"),
          Map.entry("va", "gstreamer1.0-plugins-bad"),
          Map.entry("vaapi", "gstreamer1.0-vaapi"),
          Map.entry("av", "gstreamer1.0-libav"),
          Map.entry("x264", "gstreamer1.0-plugins-ugly"),
          Map.entry("nice", "gstreamer1.0-nice"),
          Map.entry("app", "gstreamer1.0-plugins-base"),
          Map.entry("tcp", "gstreamer1.0-plugins-base"),
          Map.entry("videoconvert", "gstreamer1.0-plugins-base"),
          Map.entry("videotest", "gstreamer1.0-plugins-base"),
          Map.entry("decodebin", "gstreamer1.0-plugins-base"),
          Map.entry("parsebin", "gstreamer1.0-plugins-base"),
          Map.entry("uridecodebin", "gstreamer1.0-plugins-base"));

  private Packages() {}

  /** Returns the package of an element; empty where it is not known. */
  static Optional<String> of(String element) {
    return BY_PREFIX.entrySet().stream()
        .filter(entry -> element.startsWith(entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue);
  }

  /** Returns what to say of a missing element. */
  static String missing(String element) {
    return "GStreamer has no element "
        + element
        + "; "
        + of(element)
            .map(name -> "install it with: apt-get install " + name)
            .orElse("is its name right, and its plug-in installed?");
  }

  /** Returns what to say where a parser's message is about a missing element. */
  static Optional<String> missingIn(String parserText) {
    Matcher matcher = NO_ELEMENT.matcher(parserText);
    return matcher.find() ? Optional.of(missing(matcher.group(1))) : Optional.empty();
  }
}
