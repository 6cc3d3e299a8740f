package io.videoml.kvs.produce;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A camera or a file whose packets a test lists, connection by connection. */
final class FakePacketSource implements PacketSource {
  private static final long serialVersionUID = 1L;

  /** How a connection ends when its packets are over. */
  enum End {
    /** In order. */
    END,
    /** The network fails. */
    FAIL,
    /** Nothing comes any more. */
    SILENCE
  }

  record Connection(List<EncodedPacket> packets, End end) {}

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  String id = "fake://camera";
  private final boolean live;
  private final transient IntFunction<Connection> connections;

  FakePacketSource(boolean live, IntFunction<Connection> connections) {
    this.live = live;
    this.connections = connections;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    throw new SourceException(Kind.UNSUPPORTED, id(), "only packets");
  }

  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    Connection connection = connections.apply(opened.getAndIncrement());
    open.incrementAndGet();
    CountDownLatch closed = new CountDownLatch(1);
    return new PacketReader() {
      private int next;

      @Override
      public boolean tryAdvance(PacketHandler handler) {
        if (closed.getCount() == 0) {
          throw new SourceException(Kind.CLOSED, id(), "closed");
        }
        if (next < connection.packets().size()) {
          handler.onPacket(connection.packets().get(next++));
          return true;
        }
        return switch (connection.end()) {
          case END -> false;
          case FAIL -> throw new SourceException(Kind.NETWORK, id(), "the camera is gone");
          case SILENCE -> throw silence();
        };
      }

      private SourceException silence() {
        try {
          closed.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return new SourceException(Kind.CLOSED, id(), "closed");
      }

      @Override
      public EncodedFormat format() {
        return TestPackets.FORMAT;
      }

      @Override
      public void close() {
        if (closed.getCount() > 0) {
          closed.countDown();
          open.decrementAndGet();
        }
      }
    };
  }
}
