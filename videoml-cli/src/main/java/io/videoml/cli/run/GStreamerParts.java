package io.videoml.cli.run;

import io.videoml.gstreamer.GStreamerSource;
import io.videoml.gstreamer.GStreamerSupport;
import io.videoml.gstreamer.RtspSource;
import io.videoml.source.FrameSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What GStreamer reads. Apart from the rest, so that nothing of GStreamer is loaded for what FFmpeg
 * reads.
 */
final class GStreamerParts {
  /** Elements whose frames come at their own pace. */
  private static final Pattern LIVE =
      Pattern.compile(
          "\\b(rtspsrc|v4l2src|libcamerasrc|udpsrc|srtsrc|srtclientsrc|srtserversrc|tcpclientsrc|tcpserversrc"
              + "|rtmpsrc|rtmp2src|whepsrc|ximagesrc|nvarguscamerasrc|is-live=(true|1|TRUE))\\b");

  private GStreamerParts() {}

  /** Returns whether all that RTSP takes is installed. Asked once: it takes a while. */
  static boolean usable() {
    return Usable.HERE;
  }

  static FrameSource rtsp(String address) {
    return RtspSource.of(address);
  }

  /**
   * Returns a source of a launch description; live where one of its elements is, which GStreamer
   * itself only tells once it runs.
   */
  static FrameSource launch(String description) {
    GStreamerSource.Builder source = GStreamerSource.builder(description);
    return LIVE.matcher(description).find() ? source.live().build() : source.build();
  }

  static FrameSource file(String address) {
    Path path =
        address.regionMatches(true, 0, "file:", 0, "file:".length())
            ? ofUri(address)
            : Path.of(address);
    String quoted = path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return GStreamerSource.builder("filesrc location=\"" + quoted + "\" ! parsebin")
        .id(path.toString())
        .build();
  }

  private static Path ofUri(String address) {
    return address.startsWith("file:/")
        ? Path.of(URI.create(address))
        : Path.of(address.substring("file:".length()));
  }

  private static final class Usable {
    static final boolean HERE = GStreamerSupport.probe().usable();

    private Usable() {}
  }
}
