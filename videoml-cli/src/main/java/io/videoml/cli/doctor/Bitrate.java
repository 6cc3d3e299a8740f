package io.videoml.cli.doctor;

import io.videoml.doctor.StreamReport;
import java.util.OptionalDouble;

/** How much a stream carries. */
final class Bitrate {
  private Bitrate() {}

  /** Returns bits per second of media time; empty where the source does not count bytes. */
  static OptionalDouble of(StreamReport report) {
    long nanos = report.timing().media().toNanos();
    return report.frames().bytes().isPresent() && nanos > 0
        ? OptionalDouble.of(8.0 * report.frames().bytes().getAsLong() / (nanos / 1e9))
        : OptionalDouble.empty();
  }
}
