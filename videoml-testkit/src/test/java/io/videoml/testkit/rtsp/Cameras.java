package io.videoml.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What tests of the camera share. */
final class Cameras {
  static final Duration MOMENT = Duration.ofMillis(600);

  private Cameras() {}

  static void assumeAvailable() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  static RtspProbe playing(FaultyRtspServer camera, RtspTransport transport) throws IOException {
    RtspProbe probe = new RtspProbe(camera.uri());
    int status = probe.play(transport).status();
    for (int attempts = 0; status == 503 && attempts < 20; attempts++) {
      // Another client is just leaving.
      probe.close();
      probe = new RtspProbe(camera.uri());
      status = probe.play(transport).status();
    }
    assertThat(status).isEqualTo(200);
    return probe;
  }

  /** Waits for a packet of which something can be told. */
  static <T> T first(RtspProbe probe, Duration limit, Function<Packet, Optional<T>> of)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> found = probe.next(Duration.ofSeconds(1)).flatMap(of);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("nothing of the kind came within " + limit);
  }

  /** Returns how many packets are missing between the first and the last. */
  static int gaps(List<Packet> packets) {
    int missing = 0;
    for (int i = 1; i < packets.size(); i++) {
      missing += (packets.get(i).sequence() - packets.get(i - 1).sequence() - 1) & 0xffff;
    }
    return missing;
  }
}
