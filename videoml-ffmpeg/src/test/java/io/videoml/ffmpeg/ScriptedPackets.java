package io.videoml.ffmpeg;

import io.videoml.ffmpeg.RecordedPackets.Recorded;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source of whatever packets a test has made, by whatever reader. Does not travel. */
record ScriptedPackets(PacketReader reader) implements PacketSource {

  static ScriptedPackets of(List<Recorded> packets) {
    return new ScriptedPackets(new RecordedPackets.ListReader(packets));
  }

  @Override
  public String id() {
    return "script";
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return PacketDecoding.defaults().open(this, from, demand);
  }

  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    return reader;
  }

  static List<FrameInfo> readAll(FrameReader reader) {
    List<FrameInfo> frames = new ArrayList<>();
    while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
    return frames;
  }

  /** Returns packets with their times moved. */
  static List<Recorded> later(List<Recorded> packets, long nanos) {
    return packets.stream()
        .map(
            packet -> {
              PacketInfo info = packet.info();
              return packet.with(
                  new PacketInfo(
                      info.format(),
                      info.ptsNanos() + nanos,
                      info.dtsNanos() + nanos,
                      info.keyFrame(),
                      info.discontinuity(),
                      info.decodeOnly(),
                      info.captured(),
                      info.capturedFrom(),
                      info.arrivalNanos()));
            })
        .toList();
  }

  /** Returns packets of which the first follows a discontinuity. */
  static List<Recorded> anew(List<Recorded> packets) {
    List<Recorded> changed = new ArrayList<>(packets);
    PacketInfo info = packets.get(0).info();
    changed.set(
        0,
        packets
            .get(0)
            .with(
                new PacketInfo(
                    info.format(),
                    info.ptsNanos(),
                    info.dtsNanos(),
                    info.keyFrame(),
                    /* discontinuity= */ true,
                    info.decodeOnly(),
                    info.captured(),
                    info.capturedFrom(),
                    info.arrivalNanos())));
    return changed;
  }

  static List<Recorded> concat(List<Recorded> first, List<Recorded> second) {
    List<Recorded> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
