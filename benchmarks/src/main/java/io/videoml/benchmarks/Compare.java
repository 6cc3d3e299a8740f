package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.OwnedFrame;
import io.videoml.onnx.OnnxDetector;
import io.videoml.source.FrameReader;
import io.videoml.testkit.DemoClip;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the comparisons that are named, or all, and prints their ratios. Started by {@code
 * benchmarks/run}.
 */
public final class Compare {
  private static final List<String> ALL =
      List.of(
          "decode",
          "keys",
          "packets",
          "input",
          "motion",
          "overhead",
          "garbage",
          "sleeping",
          "cameras",
          "isolation",
          "fairness",
          "fragments");

  private Compare() {}

  /**
   * @param arguments the 1080p clip, then what to compare
   */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    run(Path.of(all.get(0)), all.subList(1, all.size()), System.out);
  }

  static void run(Path clip, List<String> arguments, PrintStream out) {
    List<String> wanted = new ArrayList<>(arguments);
    boolean quick = wanted.remove("--short");
    if (!wanted.isEmpty() && wanted.get(0).equals("soak")) {
      Duration time = Duration.ofSeconds(wanted.size() > 1 ? Long.parseLong(wanted.get(1)) : 600);
      out.println(new Soak(clip, model()).run(time, out).line());
      return;
    }
    Rounds rounds = new Rounds(quick ? 1 : 5);
    for (String name : wanted.isEmpty() ? ALL : wanted) {
      compare(name, clip, rounds, quick).forEach(ratio -> out.println(ratio.line()));
    }
  }

  private static List<Ratio> compare(String name, Path clip, Rounds rounds, boolean quick) {
    return switch (name) {
      case "decode" -> List.of(new DecodeComparison(clip).everyFrame(rounds));
      case "keys" -> List.of(new DecodeComparison(clip).keyFrames(rounds));
      case "packets" -> new PacketComparison(clip).compare(rounds);
      case "input" -> new InputComparison(clip).compare(rounds);
      case "motion" -> new MotionComparison(clip).compare(rounds);
      case "overhead" ->
          List.of(new OverheadComparison(model(), firstFrame()).compare(rounds.times(5)));
      case "garbage" -> {
        GarbageMeasurement garbage = new GarbageMeasurement(clip);
        String model = model().toString();
        int frames = quick ? 80 : 400;
        yield List.of(
            garbage.dropped(),
            garbage.kept(
                () -> OnnxDetector.builder(model).threads(1).confidence(0.999f).build(), frames));
      }
      case "sleeping" -> new SleepComparison(clip, quick).compare(rounds);
      case "cameras" -> new SleepComparison(clip, quick).cameras();
      case "isolation" -> new FleetIsolation(street(), fleetTime(quick)).compare();
      case "fairness" -> new FleetFairness(street(), fleetTime(quick)).measure();
      case "fragments" -> new FragmentComparison(capture(), quick).compare(rounds);
      default ->
          throw new IllegalArgumentException(
              "no comparison is called " + name + "; there are " + ALL);
    };
  }

  /** YOLOX-nano where the shared data is present, else the embedded model. */
  private static Path model() {
    Path yolox =
        Path.of(System.getProperty("videoml.shared", ""), "data", "models", "yolox_nano_416.onnx");
    return Files.exists(yolox) ? yolox : DemoClip.model();
  }

  /**
   * Returns a small clip: of 80 s where the shared data is present, else the embedded one of 14.
   */
  private static Path street() {
    Path vtest =
        Path.of(System.getProperty("videoml.shared", ""), "data", "videos", "vtest_480x360.mp4");
    return Files.exists(vtest) ? vtest : DemoClip.video();
  }

  /** A recording of GetMedia; may be absent. */
  private static Path capture() {
    return Path.of(System.getProperty("videoml.shared", ""), "data", "kvs", "output_get_media.mkv");
  }

  private static Duration fleetTime(boolean quick) {
    boolean embedded = street().equals(DemoClip.video());
    return Duration.ofSeconds(quick ? 2 : embedded ? 12 : 60);
  }

  private static OwnedFrame firstFrame() {
    List<OwnedFrame> found = new ArrayList<>();
    try (FrameReader reader = FfmpegSource.of(DemoClip.video()).open()) {
      reader.tryAdvance(frame -> found.add(frame.share()));
    }
    return found.get(0);
  }
}
