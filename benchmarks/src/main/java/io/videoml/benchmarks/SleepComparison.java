package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.Frame;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SleepStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What a sleeping camera costs, against its key frames alone, and what it misses. */
final class SleepComparison {
  private static final List<String> EVENTFUL =
      List.of(
          "car-detection.mp4",
          "one-by-one-person-detection.mp4",
          "vtest_480x360.mp4",
          "people_crowd_faces.mp4");
  private static final List<Integer> EVENT_SECONDS = List.of(1, 2, 5, 20);

  private final Path clip;
  private final boolean quick;
  private final StillFootage footage;

  /**
   * @param clip stands in where the shared data is missing
   * @param quick whether to show that it runs, with little footage
   */
  SleepComparison(Path clip, boolean quick) {
    this.clip = clip;
    this.quick = quick;
    this.footage =
        new StillFootage(Path.of(System.getProperty("videoml.footage", "target/footage")));
  }

  List<Ratio> compare(Rounds rounds) {
    List<Ratio> ratios = new ArrayList<>();
    for (int gopSeconds : quick ? List.of(1) : List.of(1, 2)) {
      ratios.add(costWhileStill(rounds, gopSeconds));
      ratios.add(framesKept(gopSeconds));
    }
    return ratios;
  }

  /** How many cameras one machine holds; takes some five minutes. */
  List<Ratio> cameras() {
    Path still = footage.repeated(still(2), quick ? 1 : 15);
    return new CameraCapacity(still, quick).compare();
  }

  /** Processor time of the reading thread, once asleep, against reading for key frames. */
  private Ratio costWhileStill(Rounds rounds, int gopSeconds) {
    Path still = still(gopSeconds);
    long lastKeyFrame = (seconds() - gopSeconds) * 30L;
    return rounds.compare(
        "nothing moves, key frame every " + gopSeconds + " s, against keys only",
        "CPU s",
        1.15,
        () -> secondsAsleep(still, lastKeyFrame, DecodeDemand.MOVING),
        () -> secondsAsleep(still, lastKeyFrame, DecodeDemand.KEY_FRAMES));
  }

  /** What follows the last key frame is decoded in any case. */
  private static double secondsAsleep(Path still, long lastKeyFrame, DecodeDemand demand) {
    double start = Double.NaN;
    try (FrameReader reader = FfmpegSource.of(still).open(Optional.empty(), demand)) {
      long asleepFrom = 8 * 30;
      long[] index = {0};
      while (index[0] < lastKeyFrame
          && reader.tryAdvance(frame -> index[0] = frame.info().index())) {
        if (Double.isNaN(start) && index[0] >= asleepFrom) {
          start = Cpu.threadSeconds();
          if (demand == DecodeDemand.MOVING && reader.stream().sleep().state() != State.ASLEEP) {
            throw new IllegalStateException("does not sleep: " + reader.stream().sleep());
          }
        }
      }
    }
    return Cpu.threadSeconds() - start;
  }

  /**
   * Frames that a motion sampler keeps while every frame is read, against those it keeps asleep.
   */
  private Ratio framesKept(int gopSeconds) {
    int kept = 0;
    int found = 0;
    for (Path video : eventful()) {
      Path events =
          footage.withEvents(
              video, gopSeconds, /* holdSeconds= */ 8, quick ? List.of(2) : EVENT_SECONDS);
      NavigableSet<Long> awake = kept(events, DecodeDemand.ALL);
      NavigableSet<Long> asleep = kept(events, DecodeDemand.MOVING);
      kept += awake.size();
      for (long index : awake) {
        found += asleep.subSet(index - 1, true, index + 1, true).isEmpty() ? 0 : 1;
      }
    }
    return new Ratio(
        "frames kept awake, against asleep, every " + gopSeconds + " s",
        Math.max(1, kept),
        Math.max(1, found),
        "frames",
        1 / 0.99);
  }

  private static NavigableSet<Long> kept(Path file, DecodeDemand demand) {
    NavigableSet<Long> kept = new TreeSet<>();
    FrameSampler motion = FrameSampler.motion();
    try (FrameReader reader = FfmpegSource.of(file).open(Optional.empty(), demand)) {
      while (reader.tryAdvance(frame -> keep(frame, motion, kept))) {}
    }
    return kept;
  }

  private static void keep(Frame frame, FrameSampler sampler, NavigableSet<Long> kept) {
    if (sampler.decide(frame).keep()) {
      kept.add(frame.info().index());
    }
  }

  private Path still(int gopSeconds) {
    Path video = videos().resolve("derived_car-detection_1080p_gop25.mp4");
    return footage.still(
        Files.exists(video) ? video : clip, gopSeconds, seconds(), quick ? "320:240" : "1920:1080");
  }

  private int seconds() {
    return quick ? 12 : 40;
  }

  private List<Path> eventful() {
    List<Path> found = EVENTFUL.stream().map(videos()::resolve).filter(Files::exists).toList();
    return found.isEmpty() || quick ? List.of(clip) : found;
  }

  private static Path videos() {
    return Path.of(System.getProperty("videoml.shared", ""), "data", "videos");
  }
}
