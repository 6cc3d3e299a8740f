package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.SamplingDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor time of a whole pipeline that drops what it decodes, against the {@code ffmpeg}
 * program.
 */
final class DecodeComparison {
  private static final SamplingDecision DROP = SamplingDecision.drop("benchmark");
  private static final Pattern TIME = Pattern.compile("([0-9.]+) ([0-9.]+)\\s*");

  private final Path clip;

  DecodeComparison(Path clip) {
    this.clip = clip;
  }

  /** Decodes every frame and drops it. */
  Ratio everyFrame(Rounds rounds) {
    return rounds.compare(
        "1080p H.264, every frame decoded and dropped",
        "CPU s",
        1.05,
        () -> ours(() -> frame -> DROP),
        () -> ffmpeg("-threads", "1"));
  }

  /** Decodes key frames only. */
  Ratio keyFrames(Rounds rounds) {
    return rounds.compare(
        "1080p H.264, key frames only",
        "CPU s",
        1.10,
        () -> ours(FrameSampler::keyFrames),
        () -> ffmpeg("-threads", "1", "-skip_frame", "nokey"));
  }

  private double ours(SerializableSupplier<FrameSampler> sampler) {
    PipelineSpec spec =
        Pipeline.named("drop").source(FfmpegSource.of(clip)).sample(sampler).build();
    double start = Cpu.processSeconds();
    RunResult end = spec.run();
    double seconds = Cpu.processSeconds() - start;
    if (!(end instanceof RunResult.Completed)) {
      throw new IllegalStateException("the run did not complete: " + end);
    }
    return seconds;
  }

  /**
   * The whole program's time, opening and probing included as in ours, less what starting it costs;
   * its own {@code -benchmark} line leaves out the opening.
   */
  private double ffmpeg(String... inputOptions) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin"));
    command.addAll(List.of(inputOptions));
    command.addAll(List.of("-i", clip.toString(), "-f", "null", "-"));
    return processSeconds(command) - processSeconds(List.of("ffmpeg", "-version"));
  }

  private static double processSeconds(List<String> command) {
    List<String> timed =
        new ArrayList<>(
            List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null", "bash"));
    timed.addAll(command);
    try {
      Process process = new ProcessBuilder(timed).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      Matcher time = TIME.matcher(output);
      if (status != 0 || !time.matches()) {
        throw new IllegalStateException(command + " ended with " + status + ": " + output);
      }
      return Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    } catch (IOException e) {
      throw new UncheckedIOException("ffmpeg, the peer, cannot be started; install it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
