package io.videoml.gstreamer;

import io.videoml.source.FrameSource;
import io.videoml.testkit.rtsp.RtspFaultContract;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;

class GStreamerRtspFaultTest extends RtspFaultContract {
  @BeforeAll
  static void needsGStreamer() {
    Camera.assumeAvailable();
  }

  @Override
  protected FrameSource source(
      URI address,
      String user,
      String password,
      io.videoml.testkit.rtsp.RtspTransport transport,
      Duration readTimeout) {
    RtspSource.Builder builder =
        RtspSource.builder(address)
            .transport(RtspTransport.valueOf(transport.name()))
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(readTimeout);
    return (user.isEmpty() ? builder : builder.credentials(user, password)).build();
  }
}
