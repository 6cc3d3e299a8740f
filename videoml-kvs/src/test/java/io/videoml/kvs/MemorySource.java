package io.videoml.kvs;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads fragments from memory, by a source's own way but for the network; travels nowhere. */
final class MemorySource implements PacketSource {
  private static final long serialVersionUID = 1L;
  private final KvsSource source;
  private final transient List<MadeFragment> fragments;

  MemorySource(KvsSource.Builder builder, List<MadeFragment> fragments) {
    this.source = builder.startAt(KvsStart.earliest()).endWhenIdle(Duration.ofSeconds(5)).build();
    this.fragments = fragments;
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    FakePace pace = new FakePace(1);
    FaultyMedia media = new FaultyMedia(fragments, pace, 1);
    media.faults = false;
    return source.openPackets(from, media, pace);
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return PacketDecoding.defaults().open(this, from, demand);
  }
}
