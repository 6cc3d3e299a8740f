package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that the serving process must know, as one line of text. It travels by a pipe, not on the
 * command line, where every user of the machine could read the password.
 *
 * <p>Threading: not thread-safe; the server guards it.
 */
final class CameraSettings {
  private final Map<String, String> values = new TreeMap<>();

  static CameraSettings defaults() {
    return new CameraSettings()
        .set("codec", RtspCodec.H264.name())
        .set("width", 640)
        .set("height", 360)
        .set("fps", 25)
        .set("gop", 25)
        .set("transports", RtspTransport.TCP.flag() | RtspTransport.UDP.flag())
        .set("frames", -1)
        .set("loss", 0.0)
        .set("speed", 1.0)
        .set("clock", 0L);
  }

  static CameraSettings parse(String line) {
    CameraSettings settings = new CameraSettings();
    for (String pair : line.split("&")) {
      int equals = pair.indexOf('=');
      settings.set(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return settings;
  }

  String line() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(joining("&"));
  }

  CameraSettings copy() {
    CameraSettings copy = new CameraSettings();
    copy.values.putAll(values);
    return copy;
  }

  CameraSettings set(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  int integer(String key) {
    return Integer.parseInt(known(key));
  }

  long longInteger(String key) {
    return Long.parseLong(known(key));
  }

  double number(String key) {
    return Double.parseDouble(known(key));
  }

  RtspCodec codec() {
    return RtspCodec.valueOf(known("codec"));
  }

  /** Returns whether changing to the other settings needs another encoder. */
  boolean sameStream(CameraSettings other) {
    return codec() == other.codec();
  }

  /** Fails where the parts do not go together. */
  void check() {
    if (!has("file")) {
      codec().check(integer("width"), integer("height"));
    } else if (codec() == RtspCodec.MJPEG) {
      throw new IllegalStateException("a file must hold H.264 or H.265; leave MJPEG or the file");
    } else if (integer("frames") >= 0) {
      throw new IllegalStateException("a file loops for ever; leave the frames or the file");
    }
  }

  private String known(String key) {
    return text(key).orElseThrow(() -> new IllegalStateException("no setting " + key));
  }
}
