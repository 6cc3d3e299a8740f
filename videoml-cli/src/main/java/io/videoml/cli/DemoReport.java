package io.videoml.cli;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.ResultSink;
import io.videoml.pipeline.RunSummary;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.DetectionScore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Tells people what the demo finds, once a second of the clip, and how much of it is true. */
final class DemoReport implements ResultSink {
  private static final int SHOWN = 2;

  private final Consumer<String> out;
  private final List<List<DetectionScore.Truth>> truth = DemoClip.truth();
  private DetectionScore score = DetectionScore.NONE;
  private long objects;
  private long nextSecond;

  DemoReport(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void accept(Frame frame, FrameResult result) {
    if (objects == 0 && result.frame().index() == 0) {
      say(
          "Looking for people and vehicles in a rendered street scene, %d x %d pixels.%n%n",
          result.frame().width(), result.frame().height());
    }
    int index = Math.toIntExact(result.frame().index());
    objects += result.detections().size();
    score =
        score.plus(
            DetectionScore.of(
                result.detections(), index < truth.size() ? truth.get(index) : List.of()));
    Duration pts = result.frame().time().pts();
    if (pts.toSeconds() >= nextSecond) {
      nextSecond = pts.toSeconds() + 1;
      say("%5.1f s  %s%n", pts.toMillis() / 1e3, words(result.detections()));
    }
  }

  /** Tells the counts of the run. */
  void summary(RunSummary summary) {
    if (summary.kept() == 0) {
      return; // what went wrong follows
    }
    say(
        "%n%d frames, %d objects, in %.1f s: %.0f frames a second, %.1f ms a frame in the model.%n",
        summary.kept(),
        objects,
        summary.elapsed().toMillis() / 1e3,
        summary.framesPerSecond(),
        summary.latency().containsKey(Stage.INFERENCE)
            ? summary.latency().get(Stage.INFERENCE).mean().toNanos() / 1e6
            : 0.0);
  }

  /** Tells how good it was, and what to do next. */
  void end(Path video) {
    say(
        "Against the truth: precision %.3f (what was found is there), recall %.3f (what is there was found).%n",
        score.precision(), score.recall());
    say("Watch it with boxes: %s%n%n", video.toAbsolutePath());
    say("With your own: ./videoml detect --source VIDEO --model MODEL.onnx --sampler every:5%n");
  }

  DetectionScore score() {
    return score;
  }

  private void say(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }

  private static String words(Detections found) {
    if (found.isEmpty()) {
      return "nothing";
    }
    Map<String, Long> counts =
        StreamSupport.stream(found.spliterator(), false)
            .collect(Collectors.groupingBy(Detection::label, TreeMap::new, Collectors.counting()));
    String all =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    String surest =
        found.objects().stream()
            .limit(SHOWN)
            .map(DemoReport::words)
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%-24s surest: %s", all, surest);
  }

  private static String words(Detection detection) {
    Box box = detection.box();
    return String.format(
        Locale.ROOT,
        "%s %.0f%% at %.0f,%.0f (%.0fx%.0f)",
        detection.label(),
        detection.confidence() * 100,
        box.x1(),
        box.y1(),
        box.width(),
        box.height());
  }
}
