package io.videoml.testkit.rtsp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * GStreamer's description of what is served. Values that come from users (paths) are set as
 * properties instead, where nothing has to be quoted.
 */
final class PipelineText {
  /** Which Debian package brings an element. */
  private static final Map<String, String> PACKAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("identity", "libgstreamer1.0-0"),
              Map.entry("videotestsrc", "gstreamer1.0-plugins-base"),
              Map.entry("audiotestsrc", "gstreamer1.0-plugins-base"),
              Map.entry("multifilesrc", "gstreamer1.0-plugins-good"),
              Map.entry("rtpbin", "gstreamer1.0-plugins-good"),
              Map.entry("rtph264pay", "gstreamer1.0-plugins-good"),
              Map.entry("jpegenc", "gstreamer1.0-plugins-good"),
              Map.entry("alawenc", "gstreamer1.0-plugins-good"),
              Map.entry("h264parse", "gstreamer1.0-plugins-bad"),
              Map.entry("x265enc", "gstreamer1.0-plugins-bad"),
              Map.entry("x264enc", "gstreamer1.0-plugins-ugly")));

  static final String REMEDY =
      "on Debian: apt-get install libgstrtspserver-1.0-0 gstreamer1.0-plugins-base"
          + " gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly";

  private PipelineText() {}

  static String of(CameraSettings settings) {
    String video = settings.has("file") ? file(settings) : pattern(settings);
    // Packets are lost behind the payloader, whose counting goes on: the client sees the gap.
    String served =
        "( %s ! identity name=pace ! %s ! identity name=loss ! application/x-rtp ! identity name=pay0%s )";
    return served.formatted(video, payloader(settings.codec()), audio(settings));
  }

  /** Returns the caps of the picture. One matrix for all sizes, so that colours are known. */
  static String picture(CameraSettings settings) {
    return "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1,colorimetry=bt601"
        .formatted(settings.integer("width"), settings.integer("height"), settings.integer("fps"));
  }

  /** Returns the elements that are not installed, each with its package. */
  static List<String> missing() {
    return PACKAGES.entrySet().stream()
        .filter(entry -> Gst.gst_element_factory_find(entry.getKey()) == Gst.NULL)
        .map(entry -> entry.getKey() + " of " + entry.getValue())
        .toList();
  }

  private static String pattern(CameraSettings settings) {
    int gop = settings.integer("gop");
    String encoder =
        switch (settings.codec()) {
          case H264 ->
              "x264enc tune=zerolatency speed-preset=ultrafast pass=quant quantizer=26 threads=1"
                  + " bframes=0 option-string=scenecut=0 key-int-max="
                  + gop;
          case H265 ->
              "x265enc tune=zerolatency speed-preset=ultrafast qp=26"
                  + " option-string=scenecut=0:bframes=0:pools=1:frame-threads=1 key-int-max="
                  + gop;
          case MJPEG -> "jpegenc quality=85";
        };
    return "videotestsrc name=src is-live=true pattern=smpte ! capsfilter name=size ! "
        + encoder
        + parsed(settings.codec());
  }

  private static String file(CameraSettings settings) {
    return "multifilesrc name=src loop=true caps=video/x-%s,stream-format=byte-stream,framerate=%d/1%s ! identity sync=true"
        .formatted(
            settings.codec().name().toLowerCase(Locale.ROOT),
            settings.integer("fps"),
            parsed(settings.codec()));
  }

  /** Whole frames, with the parameter sets beside them, so that the SDP has them at once. */
  private static String parsed(RtspCodec codec) {
    return switch (codec) {
      case H264 -> " ! h264parse ! video/x-h264,stream-format=avc,alignment=au";
      case H265 -> " ! h265parse ! video/x-h265,stream-format=hvc1,alignment=au";
      case MJPEG -> "";
    };
  }

  private static String payloader(RtspCodec codec) {
    return codec.payloader() + (codec == RtspCodec.MJPEG ? " pt=26" : " pt=96 config-interval=-1");
  }

  /** One packet of sound for each frame, so that both end together. */
  private static String audio(CameraSettings settings) {
    return settings.has("audio")
        ? " audiotestsrc is-live=true samplesperbuffer=%d num-buffers=%d ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8"
            .formatted(8000 / settings.integer("fps"), settings.integer("frames"))
        : "";
  }
}
