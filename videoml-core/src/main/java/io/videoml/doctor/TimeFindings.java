package io.videoml.doctor;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Capture;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times that cannot be true. */
final class TimeFindings {
  /** A delay beyond this is not of the network but of a clock. */
  private static final Duration CREDIBLE = Duration.ofSeconds(30);

  /** Frames that were taken so long after they arrive are of another clock. */
  private static final Duration FUTURE = Duration.ofMillis(-500);

  /** A clock that changes by more than this was set. */
  private static final Duration SET = Duration.ofSeconds(5);

  private TimeFindings() {}

  /** Returns whether the capture times can be those of this stream. */
  static boolean credible(Capture capture) {
    return capture.last().compareTo(CREDIBLE) <= 0 && capture.last().compareTo(FUTURE) >= 0;
  }

  /** Returns whether the clock was set while it was watched. */
  static boolean wasSet(Capture capture) {
    return capture.step().compareTo(SET) > 0;
  }

  static void add(StreamReport report, List<Finding> findings) {
    report.capture().ifPresent(capture -> clock(capture, findings));
    if (report.timing().jumps() > 0) {
      findings.add(
          new Finding(
              Symptom.WRONG_TIMESTAMPS,
              Severity.WARNING,
              "media time jumped %d time(s)".formatted(report.timing().jumps()),
              report.live()
                  ? "the camera restarts its encoder, or sets its clock while it sends; videoml keeps media time"
                      + " going on, but look at the camera's firmware and its NTP"
                  : "the file is put together of several; encode it anew, or remux it with new timestamps"));
    }
  }

  private static void clock(Capture capture, List<Finding> findings) {
    if (wasSet(capture)) {
      findings.add(
          new Finding(
              Symptom.WRONG_TIMESTAMPS,
              Severity.ERROR,
              "the camera's clock was set by %s while it was watched"
                  .formatted(seconds(capture.step())),
              "have the camera set its clock by NTP, so that it is moved slowly; times of capture before and after"
                  + " cannot be compared"));
    }
    if (!credible(capture)) {
      findings.add(
          new Finding(
              Symptom.WRONG_TIMESTAMPS,
              Severity.ERROR,
              "the camera's clock is %s %s that of this machine"
                  .formatted(
                      seconds(capture.last().abs()),
                      capture.last().isNegative() ? "ahead of" : "behind"),
              "set the clocks of both by NTP, time zones included; until then do not trust the time of capture"));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
