package io.videoml.cli.doctor;

import io.videoml.doctor.StreamReport;
import io.videoml.doctor.StreamReport.Frames;
import io.videoml.doctor.StreamReport.Timing;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Tells people what was measured of a stream. */
final class StreamText {
  private StreamText() {}

  static void add(Examination.Stream watched, TextPage page) {
    StreamReport report = watched.report();
    page.title("Stream " + report.source());
    page.row("read by", watched.backend() + ", " + watched.transport());
    if (!report.connected()) {
      page.row("frames", "none");
      return;
    }
    StreamInfo stream = report.stream();
    Timing timing = report.timing();
    page.row(
        "video",
        "%s %dx%d, decoder %s%s"
            .formatted(
                stream.codec(),
                stream.width(),
                stream.height(),
                stream.decoder(),
                stream.hardware().map(device -> " on " + device).orElse("")));
    page.row("rate", rate(timing.rate()) + " measured, " + rate(stream.frameRate()) + " nominal");
    page.row("watched", seconds(timing.wall()) + ", " + seconds(timing.media()) + " of video");
    timing.firstFrame().ifPresent(time -> page.row("first frame after", millis(time)));
    frames(report, page);
    page.row("decoding", text("%.1f %% of the video's time", 100 * timing.decodeShare()));
    times(report, page);
    report
        .memory()
        .ifPresent(
            memory ->
                page.row(
                    "native memory",
                    text(
                        "%.0f MiB, %+.1f MiB since the first third",
                        memory.bytes() / (double) (1 << 20),
                        memory.growth() / (double) (1 << 20))));
  }

  private static void frames(StreamReport report, TextPage page) {
    Frames frames = report.frames();
    page.row(
        "frames",
        text(
            "%d, of these %d damaged (%.1f %%); %d missing",
            frames.read(),
            frames.corrupt(),
            100.0 * frames.corrupt() / frames.read(),
            frames.missing()));
    if (frames.gop().isPresent()) {
      page.row(
          "key frames",
          "every "
              + frames.gop().getAsLong()
              + " frames"
              + report.timing().keyFrameInterval().map(time -> ", " + seconds(time)).orElse(""));
    } else {
      page.row("key frames", Long.toString(frames.keyFrames()));
    }
    OptionalDouble bitrate = Bitrate.of(report);
    if (bitrate.isPresent()) {
      page.row("bitrate", text("%.0f kbit/s", bitrate.getAsDouble() / 1000));
    }
  }

  private static void times(StreamReport report, TextPage page) {
    Timing timing = report.timing();
    report
        .picture()
        .ifPresent(
            picture -> {
              page.row(
                  "colours",
                  picture.colorSpace().matrix() + ", range " + picture.colorSpace().range());
              page.row("capture time from", picture.capturedFrom().name());
            });
    report
        .capture()
        .ifPresent(
            capture -> {
              page.row(
                  "capture to arrival",
                  millis(capture.smallest())
                      + " to "
                      + millis(capture.largest())
                      + ", by the camera's clock");
              page.row(
                  "drift", millis(capture.last().minus(capture.first())) + " while it was watched");
            });
    page.row("arrival to reader", millis(timing.toReader()) + " (p95)");
    if (report.live()) {
      page.row(
          "behind",
          (timing.behind().isNegative() ? millis(Duration.ZERO) : millis(timing.behind()))
              + " more at the end than at the start");
    }
    if (timing.jumps() > 0) {
      page.row("jumps of time", Integer.toString(timing.jumps()));
    }
    if (!report.losses().isEmpty()) {
      page.row("lost", report.losses().size() + " time(s)");
    }
  }

  private static String rate(OptionalDouble rate) {
    return rate.isPresent() ? text("%.2f fps", rate.getAsDouble()) : "unknown";
  }

  private static String seconds(Duration time) {
    return text("%.2f s", time.toNanos() / 1e9);
  }

  private static String millis(Duration time) {
    return text("%.1f ms", time.toNanos() / 1e6);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
