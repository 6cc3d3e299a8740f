package io.videoml.kvs;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.PacketSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Packets of H.264, of the archive. */
@Timeout(60)
class KvsArchivePacketContractTest extends PacketSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  private static ArchivedClip service;

  @BeforeAll
  static void start() {
    service = new ArchivedClip(CLIP, /* bFrames= */ 0);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Override
  protected PacketSource packets() {
    return service.source().build();
  }

  @Override
  protected Optional<ExpectedClip> expected() {
    return Optional.of(CLIP.expected());
  }

  @Override
  protected FrameReader decode(PacketSource source) {
    return PacketDecoding.defaults().open(source, Optional.empty(), DecodeDemand.ALL);
  }

  @Override
  protected Optional<PacketSource> silentPackets() {
    return Optional.of(service.silent());
  }

  @Override
  protected Optional<PacketSource> packetsWithCredentials(String user, String password) {
    return Optional.of(service.refused(user, password));
  }
}
