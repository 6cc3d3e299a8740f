package io.videoml.ffmpeg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real footage with what other software says of it; tests that need it skip where it is missing.
 */
final class SharedData {
  /** What ffprobe says of one frame; no time where the container has none. */
  record Row(Duration pts, boolean timed, boolean keyFrame) {}

  private SharedData() {}

  static Path root() {
    String shared = System.getProperty("videoml.shared", "");
    Path data = Path.of(shared).resolve("data");
    assumeTrue(
        !shared.isEmpty() && Files.isDirectory(data.resolve("videos")),
        "needs the shared test data; set -Dvideoml.shared");
    return data;
  }

  static Path video(String name) {
    return root().resolve("videos").resolve(name);
  }

  static List<Path> videos() {
    try (Stream<Path> files = Files.list(root().resolve("videos"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns all frames of a video, times relative to the first. */
  static List<Row> rows(Path video) throws IOException {
    List<Row> rows = new ArrayList<>();
    double first = Double.NaN;
    Path csv = root().resolve("reference/frames_csv").resolve(video.getFileName() + ".csv");
    for (String line : Files.readAllLines(csv).subList(1, Files.readAllLines(csv).size())) {
      String[] columns = line.split(",");
      boolean timed = !columns[1].isEmpty();
      double seconds = timed ? Double.parseDouble(columns[1]) : 0;
      first = Double.isNaN(first) ? seconds : first;
      rows.add(
          new Row(
              Duration.ofNanos(Math.round((seconds - first) * 1e9)),
              timed,
              columns[3].equals("1")));
    }
    return rows;
  }
}
