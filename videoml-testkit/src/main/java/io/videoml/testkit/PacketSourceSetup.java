package io.videoml.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.FrameReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an implementation says to the contract of packets, and what the contract's tests share. */
abstract class PacketSourceSetup {
  /** Of a stream without an end, so many packets are looked at. */
  static final int SOME = 40;

  /**
   * Returns a source of packets, of the clip where one is expected. Called several times a test.
   */
  protected abstract PacketSource packets();

  /** Returns what is in the clip; empty where the stream has no end, as of a camera. */
  protected abstract Optional<ExpectedClip> expected();

  /** Decodes the packets of a source into frames, with a decoder that knows only them. */
  protected abstract FrameReader decode(PacketSource source);

  /**
   * Returns a source that delivers at least one packet, then nothing, and stays open; empty where
   * none can be made.
   */
  protected abstract Optional<PacketSource> silentPackets();

  /**
   * Returns a source with these credentials, which fails to open at once or delivers; empty where
   * the kind of source knows no credentials.
   */
  protected abstract Optional<PacketSource> packetsWithCredentials(String user, String password);

  /** What a packet was, after its time. */
  record Seen(PacketInfo info, int bytes, Optional<ResumePosition> position) {
    static Seen of(EncodedPacket packet) {
      return new Seen(packet.info(), packet.data().remaining(), packet.position());
    }
  }

  /** Reads all packets of a clip, or some of a stream without an end. */
  final List<Seen> read(PacketSource source, Optional<ResumePosition> from) {
    try (PacketReader reader = source.openPackets(from)) {
      return read(reader);
    }
  }

  final List<Seen> read(PacketReader reader) {
    List<Seen> read = new ArrayList<>();
    boolean endless = expected().isEmpty();
    while (!(endless && read.size() == SOME)
        && reader.tryAdvance(packet -> read.add(Seen.of(packet)))) {}
    return read;
  }

  final ExpectedClip clip() {
    Optional<ExpectedClip> clip = expected();
    assumeTrue(clip.isPresent(), "a stream of this kind has no end");
    return clip.orElseThrow();
  }
}
