package io.videoml.testkit.rtsp;

import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.time.Duration;

/**
 * Opens and closes a source of RTSP, or loses and regains it, over and over: for measuring with
 * {@link io.videoml.testkit.Footprint} what stays behind.
 */
public final class RtspCycles {
  private RtspCycles() {}

  /** Returns the builder of a camera that is fast to join: small pictures, key frames often. */
  public static FaultyRtspServerBuilder camera() {
    return FaultyRtspServer.builder().size(320, 240).framesPerSecond(50).gop(5);
  }

  /** Opens the source, reads a few frames and closes it, so many times. */
  public static void openAndClose(FrameSource source, int times) {
    for (int i = 0; i < times; i++) {
      try (FrameReader reader = source.open()) {
        for (int frame = 0; frame < 3; frame++) {
          reader.tryAdvance(lent -> {});
        }
      }
    }
  }

  /** Reads the source through so many losses, each a cut by its camera. */
  public static void reconnect(FrameSource source, FaultyRtspServer camera, int times) {
    Duration atOnce = Duration.ofMillis(1);
    Resilience resilience =
        Resilience.defaults().with(ReconnectPolicy.defaults().backoff(atOnce, 1, atOnce));
    try (ResilientReader reader = resilience.reader(source)) {
      reader.tryAdvance(frame -> {});
      for (int i = 0; i < times; i++) {
        long connects = reader.status().connects();
        camera.dropConnections();
        while (reader.status().connects() == connects) {
          reader.tryAdvance(frame -> {});
        }
      }
    }
  }
}
