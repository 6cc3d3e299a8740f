package io.videoml.ffmpeg;

import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.PacketSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store of packets that these tests decode keeps to the contract, positions included. */
class RecordedPacketsContractTest extends PacketSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  @TempDir static Path directory;
  private static Path file;

  @BeforeAll
  static void encode() {
    file = Clips.encode(CLIP, directory.resolve("clip.mp4"), "libopenh264", /* bFrames= */ 0);
  }

  @Override
  protected PacketSource packets() {
    return RecordedPackets.of(file);
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
    return Optional.empty();
  }

  @Override
  protected Optional<PacketSource> packetsWithCredentials(String user, String password) {
    return Optional.empty();
  }
}
