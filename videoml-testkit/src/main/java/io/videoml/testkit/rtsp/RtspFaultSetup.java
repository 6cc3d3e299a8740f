package io.videoml.testkit.rtsp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.source.FrameSource;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the parts of the contract share. */
@Timeout(120)
@ExtendWith(FaultReport.class)
abstract class RtspFaultSetup {
  /** The layers of liveness in these tests: how long data may be missing. */
  static final Duration SILENCE = Duration.ofMillis(1500);

  /** Within which frames must come again, the delay of the backoff aside. */
  static final Duration BACK = Duration.ofSeconds(2);

  static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

  /** Fails often and soon, so that the tests do not take long. */
  static final Resilience QUICK =
      Resilience.defaults()
          .with(
              ReconnectPolicy.defaults()
                  .backoff(Duration.ofMillis(100), 1.5, Duration.ofMillis(400))
                  .healthyAfter(Duration.ofSeconds(1)))
          .with(
              Liveness.defaults()
                  .bytesWithin(SILENCE)
                  .framesWithin(SILENCE)
                  .firstFrameWithin(Duration.ofSeconds(5)));

  /**
   * Returns a source of the kind under test.
   *
   * @param address of the camera, {@code rtsp:}, without credentials
   * @param user empty where there are no credentials; then the password is empty too
   * @param transport the only way that packets may travel
   * @param readTimeout how long the source itself waits for data
   */
  protected abstract FrameSource source(
      URI address, String user, String password, RtspTransport transport, Duration readTimeout);

  @BeforeAll
  static void requireServer() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  FrameSource source(FaultyRtspServer camera, RtspTransport transport) {
    return source(camera.uri(), "", "", transport, READ_TIMEOUT);
  }

  WatchedStream watch(FaultyRtspServer camera, RtspTransport transport) {
    return WatchedStream.of(source(camera, transport), QUICK);
  }
}
