package io.videoml.ffmpeg;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Makes sources as the contracts of RTSP ask for them. */
final class RtspSources {
  private RtspSources() {}

  static FfmpegSource of(
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
