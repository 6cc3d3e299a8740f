package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.rtsp.RtspFaultContract;
import java.net.URI;
import java.time.Duration;

class FfmpegRtspFaultTest extends RtspFaultContract {
  @Override
  protected FrameSource source(
      URI address,
      String user,
      String password,
      io.videoml.testkit.rtsp.RtspTransport transport,
      Duration readTimeout) {
    return RtspSources.of(address, user, password, transport, readTimeout);
  }
}
