package io.videoml.benchmarks.cameras;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.gstreamer.RtspSource;
import io.videoml.source.FrameSource;
import java.net.URI;
import java.time.Duration;

/** What opens a camera. */
enum Backend {
  FFMPEG {
    @Override
    FrameSource camera(URI address) {
      return FfmpegSource.builder(address)
          .connectTimeout(Duration.ofSeconds(2))
          .readTimeout(Duration.ofSeconds(3))
          .build();
    }
  },
  GSTREAMER {
    @Override
    FrameSource camera(URI address) {
      return RtspSource.builder(address)
          .latency(Duration.ZERO)
          .connectTimeout(Duration.ofSeconds(2))
          .readTimeout(Duration.ofSeconds(3))
          .build();
    }
  };

  /** Returns the description of an RTSP camera over TCP, with timeouts of a few seconds. */
  abstract FrameSource camera(URI address);
}
