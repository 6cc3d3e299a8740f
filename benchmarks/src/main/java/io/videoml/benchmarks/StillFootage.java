package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.source.FrameReader;
import io.videoml.source.StreamInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Footage as of a camera that sees little, made of other footage by the {@code ffmpeg} program:
 * pictures held still under the noise of a sensor, encoded as cameras do, without B-frames and with
 * a key frame at fixed distances only.
 *
 * @param directory where the files are made, and found again
 */
record StillFootage(Path directory) {

  /** Returns footage in which nothing moves, 30 frames a second. */
  Path still(Path video, int gopSeconds, int seconds, String size) {
    String filter =
        "trim=start_frame=30:end_frame=31,loop=loop=-1:size=1:start=0,setpts=N/30/TB,fps=30,scale="
            + size
            + ",noise=alls=8:allf=t";
    List<String> options = new ArrayList<>(List.of("-i", video.toString(), "-vf", filter));
    options.addAll(List.of("-t", String.valueOf(seconds)));
    options.addAll(encoding(gopSeconds * 30));
    return render(
        "still-" + gopSeconds + "-" + seconds + "-" + size.replace(':', 'x') + ".mp4", options);
  }

  /** Returns the same footage over and over. */
  Path repeated(Path still, int times) {
    return render(
        times + "-times-" + still.getFileName(),
        List.of("-stream_loop", String.valueOf(times - 1), "-i", still.toString(), "-c", "copy"));
  }

  /**
   * Returns footage that holds still for a while before, between and after events.
   *
   * @param events how long each lasts, in seconds of the video, which goes on where it was held;
   *     over again until it ends
   */
  Path withEvents(Path video, int gopSeconds, int holdSeconds, List<Integer> events) {
    StreamInfo info = describe(video);
    double rate = info.frameRate().orElse(25);
    int frames = (int) (rate * info.duration().orElse(Duration.ofSeconds(8)).toMillis() / 1000);
    StringBuilder parts = new StringBuilder();
    StringBuilder joined = new StringBuilder();
    List<String> options = new ArrayList<>();
    int at = 0;
    int number = 0;
    for (; at < frames && (number < events.size() || events.size() > 1); number++) {
      int end = at + (int) Math.round(events.get(number % events.size()) * rate);
      parts.append(part(number, at, end, Math.round(holdSeconds * rate)));
      joined.append("[part").append(number).append(']');
      options.addAll(List.of("-i", video.toString()));
      at = end;
    }
    String finish = "concat=n=%d,setpts=N/%s/TB,fps=%s,noise=alls=8:allf=t";
    String filter = parts + joined.toString() + finish.formatted(number, rate, rate);
    options.addAll(List.of("-filter_complex", filter));
    options.addAll(encoding((int) Math.round(gopSeconds * rate)));
    return render("events-" + gopSeconds + "-" + video.getFileName() + ".mp4", options);
  }

  /** Returns a filter for some frames of an input, the last held; the very first is held, too. */
  private static String part(int input, int from, int until, long hold) {
    String before = from == 0 ? "start_mode=clone:start=" + hold + ":" : "";
    return "[%d:v]trim=start_frame=%d:end_frame=%d,setpts=PTS-STARTPTS,"
            .formatted(input, from, until)
        + "tpad=%sstop_mode=clone:stop=%d[part%d];".formatted(before, hold, input);
  }

  private static StreamInfo describe(Path video) {
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      return reader.stream();
    }
  }

  /** Returns how a camera would encode, at 4 Mbit/s. */
  private static List<String> encoding(int gop) {
    String every = String.valueOf(gop);
    List<String> options = new ArrayList<>(List.of("-an", "-c:v", "libx264"));
    options.addAll(List.of("-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p"));
    options.addAll(List.of("-b:v", "4M", "-maxrate", "4M", "-bufsize", "4M", "-bf", "0"));
    options.addAll(List.of("-g", every, "-keyint_min", every, "-sc_threshold", "0"));
    return options;
  }

  private Path render(String name, List<String> options) {
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    Path part = directory.resolve("part-" + name);
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
    command.addAll(options);
    command.add(part.toString());
    try {
      Files.createDirectories(directory);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + ": " + output);
      }
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("ffmpeg, which makes the footage, cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
