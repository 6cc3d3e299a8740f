package io.videoml.ffmpeg;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.Plane;
import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SleepStatus;
import io.videoml.testkit.TestClip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Clips in which little moves, and what is read of them. */
final class MostlyStill {
  static final int GOP = 12;

  /** Falls asleep after half a second. */
  static final SleepSettings BRIEF =
      SleepSettings.builder().stayAwake(Duration.ofMillis(500)).build();

  /**
   * What a reading delivered.
   *
   * @param lumas a checksum of each frame's luma
   * @param states after each frame
   */
  record Reading(
      List<FrameInfo> frames,
      List<Long> lumas,
      List<SleepStatus> states,
      List<Optional<ResumePosition>> positions,
      long notDemanded) {

    List<Long> indices() {
      return frames.stream().map(FrameInfo::index).toList();
    }

    /** Returns whether all of these frames were delivered. */
    boolean holds(long from, long until) {
      return frames.stream().filter(f -> f.index() >= from && f.index() < until).count()
          == until - from;
    }
  }

  private MostlyStill() {}

  /** A slope with some noise, 30 frames a second, over which a square goes between two frames. */
  static TestClip clip(int frames, int from, int until) {
    return new TestClip(
        160,
        120,
        frames,
        30,
        GOP,
        (frame, x, y) -> {
          boolean moves = frame >= from && frame < until;
          int left = 2 * (frame - from) % 120;
          boolean square = moves && x >= left && x < left + 32 && y >= 40 && y < 72;
          return (square ? 220 : 40 + x / 2) + (frame * 7 + x * 13 + y * 29) % 5;
        });
  }

  static Reading read(FrameSource source, DecodeDemand demand) {
    return read(source, Optional.empty(), demand);
  }

  static Reading read(FrameSource source, Optional<ResumePosition> from, DecodeDemand demand) {
    try (FrameReader reader = source.open(from, demand)) {
      return rest(reader);
    }
  }

  /** Reads what is left. */
  static Reading rest(FrameReader reader) {
    List<FrameInfo> frames = new ArrayList<>();
    List<Long> lumas = new ArrayList<>();
    List<SleepStatus> states = new ArrayList<>();
    List<Optional<ResumePosition>> positions = new ArrayList<>();
    boolean more = true;
    while (more) {
      more =
          reader.tryAdvance(
              frame -> {
                frames.add(frame.info());
                lumas.add(luma(frame));
                states.add(reader.stream().sleep());
                positions.add(frame.position());
              });
    }
    return new Reading(frames, lumas, states, positions, reader.notDemanded());
  }

  private static long luma(Frame frame) {
    CRC32 sum = new CRC32();
    Plane plane = frame.plane(0);
    for (int y = 0; y < plane.rows(); y++) {
      sum.update(plane.data().slice(y * plane.rowStride(), plane.rowBytes()));
    }
    return sum.getValue();
  }
}
