package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packets of a file, kept in memory and given out with positions, as a store of packets would.
 */
record RecordedPackets(String file, PacketDecoding decoding) implements PacketSource {
  /** One packet. */
  record Recorded(PacketInfo info, byte[] bytes, Optional<ResumePosition> position)
      implements EncodedPacket {
    @Override
    public ByteBuffer data() {
      return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    Recorded with(PacketInfo other) {
      return new Recorded(other, bytes, position);
    }

    Recorded decodeOnly() {
      return with(
          new PacketInfo(
              info.format(),
              info.ptsNanos(),
              info.dtsNanos(),
              info.keyFrame(),
              info.discontinuity(),
              /* decodeOnly= */ true,
              info.captured(),
              info.capturedFrom(),
              info.arrivalNanos()));
    }
  }

  static RecordedPackets of(Path file) {
    return new RecordedPackets(file.toString(), PacketDecoding.defaults());
  }

  static List<Recorded> read(Path file) {
    List<Recorded> packets = new ArrayList<>();
    try (PacketReader reader = FfmpegSource.of(file).openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> packets.add(copy(packet)))) {}
    }
    return packets;
  }

  private static Recorded copy(EncodedPacket packet) {
    ByteBuffer data = packet.data();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    ResumePosition position = new ResumePosition("recorded/1;" + packet.info().ptsNanos());
    return new Recorded(packet.info(), bytes, Optional.of(position));
  }

  @Override
  public String id() {
    return Path.of(file).getFileName().toString();
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return decoding.open(this, from, demand);
  }

  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    List<Recorded> packets = read(Path.of(file));
    if (from.isEmpty()) {
      return new ListReader(packets);
    }
    String token = from.get().token();
    if (!token.startsWith("recorded/1;")) {
      throw new SourceException(Kind.CONFIGURATION, id(), "no position of this kind: " + token);
    }
    return new ListReader(after(packets, Long.parseLong(token.substring(11))));
  }

  /** Returns what must be decoded to go on after a picture. */
  private static List<Recorded> after(List<Recorded> packets, long shown) {
    int start = 0;
    for (int i = 0; i < packets.size(); i++) {
      PacketInfo info = packets.get(i).info();
      start = info.keyFrame() && info.ptsNanos() <= shown ? i : start;
    }
    return packets.subList(start, packets.size()).stream()
        .map(packet -> packet.info().ptsNanos() <= shown ? packet.decodeOnly() : packet)
        .toList();
  }

  /** Lends packets of a list. */
  static final class ListReader implements PacketReader {
    private final List<Recorded> packets;
    private long bytes;
    private int next;
    private boolean lending;
    private volatile boolean closed;

    ListReader(List<Recorded> packets) {
      this.packets = packets;
    }

    @Override
    public boolean tryAdvance(PacketHandler handler) {
      if (lending) {
        throw new IllegalStateException("a packet is still lent");
      }
      if (closed) {
        throw new SourceException(Kind.CLOSED, "list", "is closed");
      }
      if (next == packets.size()) {
        return false;
      }
      Recorded packet = packets.get(next++);
      bytes += packet.bytes().length;
      lending = true;
      try {
        handler.onPacket(packet);
      } finally {
        lending = false;
      }
      return true;
    }

    @Override
    public EncodedFormat format() {
      return packets.get(Math.min(next, packets.size() - 1)).info().format();
    }

    @Override
    public OptionalLong bytesReceived() {
      return OptionalLong.of(bytes);
    }

    @Override
    public void close() {
      closed = true;
    }

    /** Returns how many were lent. */
    int next() {
      return next;
    }

    boolean closed() {
      return closed;
    }
  }
}
