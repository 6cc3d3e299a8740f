package io.videoml.doctor;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Frames;
import io.videoml.doctor.StreamReport.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Frames that do not come, or come late. */
final class FlowFindings {
  /** Shares of frames that are missing or damaged. */
  private static final double NOTICEABLE = 0.01;

  private static final double BAD = 0.1;

  /** Fewer frames than these tell nothing. */
  private static final long ENOUGH = 20;

  /** Share of media time that decoding may take. */
  private static final double BUSY = 0.8;

  /** A stream that shows this share of the frames it speaks of is not the one one thinks. */
  private static final double OF_NOMINAL = 0.7;

  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration WAITING = Duration.ofMillis(300);
  private static final Duration BEHIND = Duration.ofMillis(500);

  /** Share of the time watched that a stream may get behind by: clocks are not that different. */
  private static final double BEHIND_SHARE = 0.05;

  private FlowFindings() {}

  static void add(StreamReport report, List<Finding> findings) {
    losses(report, findings);
    decoding(report, findings);
    rate(report, findings);
    latency(report, findings);
  }

  private static void losses(StreamReport report, List<Finding> findings) {
    Frames frames = report.frames();
    double all = frames.read() + frames.missing();
    double share = (frames.corrupt() + frames.missing()) / all;
    if (frames.read() < ENOUGH || share < NOTICEABLE) {
      return;
    }
    findings.add(
        new Finding(
            Symptom.FRAMES_DROPPING,
            share >= BAD ? Severity.ERROR : Severity.WARNING,
            text(
                "of %d frames %d came damaged and %d are missing (%.1f %%)",
                (long) all, frames.corrupt(), frames.missing(), 100 * share),
            report.live()
                ? "packets are lost on the way or in the camera: use TCP instead of UDP, a cable instead of"
                    + " Wi-Fi, a lower bitrate; look at the camera's load"
                : "the file is damaged: get an intact copy"));
  }

  private static void decoding(StreamReport report, List<Finding> findings) {
    Timing timing = report.timing();
    if (timing.decodeShare() < BUSY || report.frames().read() < ENOUGH) {
      return;
    }
    findings.add(
        new Finding(
            Symptom.FRAMES_DROPPING,
            timing.decodeShare() >= 1 ? Severity.ERROR : Severity.WARNING,
            text(
                "decoding takes %.0f %% of the time that the video takes (%s)",
                100 * timing.decodeShare(), report.stream().decoder()),
            "this machine is too slow for the stream: demand key frames or let it sleep, decode in hardware,"
                + " give the decoder more threads, or take the camera's second, smaller stream"));
  }

  private static void rate(StreamReport report, List<Finding> findings) {
    if (report.timing().rate().isEmpty() || report.stream().frameRate().isEmpty()) {
      return;
    }
    double nominal = report.stream().frameRate().getAsDouble();
    double measured = report.timing().rate().getAsDouble();
    boolean explained =
        findings.stream().anyMatch(finding -> finding.symptom() == Symptom.FRAMES_DROPPING);
    if (!explained && measured < OF_NOMINAL * nominal && report.frames().read() >= ENOUGH) {
      findings.add(
          new Finding(
              Symptom.FRAMES_DROPPING,
              Severity.WARNING,
              text("%.1f frames a second come, the stream says %.1f", measured, nominal),
              "the camera sends less than it says: it is overloaded, it is dark (long exposure), or another"
                  + " setting holds; look at its settings"));
    }
  }

  private static void latency(StreamReport report, List<Finding> findings) {
    if (!report.live()) {
      return;
    }
    Timing timing = report.timing();
    Duration behind = behind(report);
    boolean fallsBehind =
        behind.compareTo(BEHIND) > 0 && behind.toNanos() > BEHIND_SHARE * timing.wall().toNanos();
    if (fallsBehind) {
      findings.add(
          new Finding(
              Symptom.HIGH_LATENCY,
              Severity.ERROR,
              text(
                  "in %.1f s the stream got %.1f s further behind",
                  timing.wall().toMillis() / 1e3, behind.toMillis() / 1e3),
              "the camera or the network is slower than the video: lower bitrate, size or rate of the camera,"
                  + " or take its second stream; if it is the timestamps that are too slow, set the camera's"
                  + " rate anew"));
    }
    boolean late =
        !fallsBehind
            && report
                .capture()
                .filter(c -> TimeFindings.credible(c) && c.smallest().compareTo(LATE) > 0)
                .isPresent();
    if (late) {
      findings.add(
          new Finding(
              Symptom.HIGH_LATENCY,
              Severity.WARNING,
              text(
                  "frames arrive %.1f s after they were taken, by the camera's clock",
                  report.capture().orElseThrow().smallest().toMillis() / 1e3),
              "the camera or a relay holds frames back (or its clock is behind: set it by NTP); lower the jitter"
                  + " buffer's latency, switch B-frames and smart codecs of the camera off"));
    }
    if (timing.toReader().compareTo(WAITING) > 0) {
      findings.add(
          new Finding(
              Symptom.HIGH_LATENCY,
              Severity.WARNING,
              text("frames wait %d ms here until they are read", timing.toReader().toMillis()),
              "the decoder holds frames back (B-frames, many decoder threads), or this machine is too slow"));
    }
  }

  /** By media time, or by the camera's clock: some sources move media time along with arrival. */
  private static Duration behind(StreamReport report) {
    Duration byMedia = report.timing().behind();
    Duration byClock =
        report
            .capture()
            .filter(capture -> !TimeFindings.wasSet(capture))
            .map(capture -> capture.last().minus(capture.first()))
            .orElse(Duration.ZERO);
    return byMedia.compareTo(byClock) > 0 ? byMedia : byClock;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
