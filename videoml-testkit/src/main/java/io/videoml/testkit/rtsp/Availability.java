package io.videoml.testkit.rtsp;

import java.time.Duration;
import java.util.Optional;

/** Whether this machine can run the server, asked once in this process. */
final class Availability {
  /** The first start on a machine looks through all plugins, which takes a while. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  static final Optional<String> REASON = find();

  private Availability() {}

  private static Optional<String> find() {
    try (ChildJvm child = ChildJvm.start()) {
      String answer = child.ask("probe", LIMIT);
      return answer.equals(CameraProcess.OK)
          ? Optional.empty()
          : Optional.of("the RTSP server cannot run: " + answer + "; " + PipelineText.REMEDY);
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
