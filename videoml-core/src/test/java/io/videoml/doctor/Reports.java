package io.videoml.doctor;

import io.videoml.doctor.StreamReport.Capture;
import io.videoml.doctor.StreamReport.Frames;
import io.videoml.doctor.StreamReport.Loss;
import io.videoml.doctor.StreamReport.Memory;
import io.videoml.doctor.StreamReport.Picture;
import io.videoml.doctor.StreamReport.Timing;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Measurements by hand: those of a healthy camera, watched for ten seconds, and changes to them.
 */
final class Reports {
  long read = 250;
  long corrupt;
  long missing;
  boolean live = true;
  double nominal = 25;
  double rate = 25;
  Optional<String> hardware = Optional.empty();
  Duration toReader = Duration.ofMillis(8);
  Duration decode = Duration.ofMillis(500);
  Duration behind = Duration.ofMillis(20);
  int jumps;
  Optional<Capture> capture = Optional.of(clock(40, 42, 38, 60));
  Picture picture = new Picture(ColorSpace.BT709_LIMITED, CaptureClock.RTCP_SENDER, 0, 0.01, 0);
  Memory memory = new Memory(120 << 20, 2 << 20, 0);
  final List<Loss> losses = new ArrayList<>();

  static Reports healthy() {
    return new Reports();
  }

  static Capture clock(long first, long last, long smallest, long largest) {
    return new Capture(
        CaptureClock.RTCP_SENDER,
        Duration.ofMillis(first),
        Duration.ofMillis(last),
        Duration.ofMillis(smallest),
        Duration.ofMillis(largest),
        Duration.ofMillis(5));
  }

  /** A clock that is set, in one step. */
  static Capture set(long first, long last) {
    return new Capture(
        CaptureClock.RTCP_SENDER,
        Duration.ofMillis(first),
        Duration.ofMillis(last),
        Duration.ofMillis(Math.min(first, last)),
        Duration.ofMillis(Math.max(first, last)),
        Duration.ofMillis(Math.abs(first - last)));
  }

  Reports lost(Kind kind, boolean recovered) {
    losses.add(new Loss(kind, "as told", Duration.ofSeconds(3), recovered));
    return this;
  }

  Reports neverConnected(Kind kind) {
    read = 0;
    return lost(kind, false);
  }

  StreamReport report() {
    return new StreamReport(
        "rtsp://cam/1",
        live,
        new StreamInfo(
            "h264", 1920, 1080, OptionalDouble.of(nominal), Optional.empty(), "h264", hardware),
        losses,
        new Frames(read, corrupt, missing, 10, OptionalLong.of(25), OptionalLong.of(2_500_000)),
        new Timing(
            Optional.of(Duration.ofMillis(300)),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            OptionalDouble.of(rate),
            Optional.of(Duration.ofSeconds(1)),
            toReader,
            decode,
            behind,
            jumps),
        capture,
        Optional.of(picture),
        Optional.of(memory));
  }
}
