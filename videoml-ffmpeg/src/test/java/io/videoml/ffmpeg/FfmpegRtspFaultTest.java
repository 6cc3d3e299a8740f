package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.rtsp.RtspFaultContract;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class FfmpegRtspFaultTest extends RtspFaultContract {
  @Override
  protected FrameSource source(
      URI address,
      String user,
      String password,
      io.videoml.testkit.rtsp.RtspTransport transport,
      Duration readTimeout) {
    String login = user.isEmpty() ? "" : escaped(user) + ":" + escaped(password) + "@";
    return FfmpegSource.builder(address.toString().replace("://", "://" + login))
        .rtspTransport(RtspTransport.valueOf(transport.name()))
        .readTimeout(readTimeout)
        .build();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
