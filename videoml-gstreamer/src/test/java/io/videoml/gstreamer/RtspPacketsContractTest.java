package io.videoml.gstreamer;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.PacketSourceContract;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RtspPacketsContractTest extends PacketSourceContract {
  private static FaultyRtspServer camera;

  @BeforeAll
  static void start() {
    Camera.assumeAvailable();
    camera = FaultyRtspServer.builder().framesPerSecond(50).gop(10).start();
  }

  @AfterAll
  static void stop() {
    if (camera != null) {
      camera.close();
    }
  }

  @Override
  protected PacketSource packets() {
    return Camera.source(camera.uri()).build();
  }

  @Override
  protected Optional<ExpectedClip> expected() {
    return Optional.empty();
  }

  @Override
  protected FrameReader decode(PacketSource source) {
    return PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL);
  }

  /** Slow enough that a reader waits for each picture. */
  @Override
  protected Optional<PacketSource> silentPackets() {
    return Optional.of(Camera.source(camera.uri()).readTimeout(Duration.ofMinutes(1)).build());
  }

  @Override
  protected Optional<PacketSource> packetsWithCredentials(String user, String password) {
    return Optional.of(Camera.source(camera.uri()).credentials(user, password).build());
  }
}
