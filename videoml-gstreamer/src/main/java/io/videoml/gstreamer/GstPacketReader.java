package io.videoml.gstreamer;

import static java.util.Objects.requireNonNull;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads the coded pictures of one camera; all native code is on the stream's own thread. */
final class GstPacketReader implements PacketReader {
  private static final long SLICE_NANOS = 20_000_000;
  // How many read timeouts data may come without a key frame to begin at.
  private static final int PATIENCE = 12;

  private final Settings settings;
  private final PacketStream stream;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile boolean closed;

  private GstPacketReader(Settings settings, PacketStream stream) {
    this.settings = settings;
    this.stream = stream;
  }

  /**
   * Starts the stream and waits for its first picture.
   *
   * @param mostKept how many packets are kept until they are read
   */
  static GstPacketReader open(Settings settings, Front front, int mostKept) {
    PacketStream stream = new PacketStream(settings, front, mostKept);
    stream.start();
    Lifetime.awaitStart(settings, stream);
    return new GstPacketReader(settings, stream);
  }

  @Override
  public boolean tryAdvance(PacketHandler handler) {
    requireNonNull(handler, "handler");
    if (!reading.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a packet of " + settings.id() + " is still lent; return from its handler first");
    }
    try {
      GstPacket packet = next();
      if (packet == null) {
        return false;
      }
      handler.onPacket(packet);
      return true;
    } finally {
      reading.set(false);
    }
  }

  private @Nullable GstPacket next() {
    long started = System.nanoTime();
    while (true) {
      requireOpen();
      // Before the look at the packets: what came before the end is there then.
      boolean over = stream.ended() || stream.failure() != null;
      GstPacket packet = poll(over ? 0 : SLICE_NANOS);
      if (packet != null) {
        return packet;
      }
      if (over) {
        requireOpen();
        SourceException failure = stream.failure();
        if (failure != null) {
          throw failure;
        }
        return null;
      }
      checkStall(started);
    }
  }

  private @Nullable GstPacket poll(long nanos) {
    try {
      return stream.poll(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed();
    }
  }

  private void requireOpen() {
    if (closed || Thread.currentThread().isInterrupted()) {
      throw closed();
    }
  }

  private SourceException closed() {
    return new SourceException(Kind.CLOSED, settings.id(), "is closed");
  }

  private void checkStall(long started) {
    long now = System.nanoTime();
    long limit = settings.readTimeout().toNanos();
    if (now - Math.max(started, stream.lastUnitNanos()) > limit) {
      throw new SourceException(
          Kind.STALLED,
          settings.id(),
          "nothing came within the read timeout, " + limit / 1_000_000 + " ms");
    }
    if (now - started > PATIENCE * limit) {
      throw new SourceException(
          Kind.STALLED, settings.id(), "data comes, but no key frame to begin at");
    }
  }

  /** Returns how many packets wait to be read. */
  int kept() {
    return stream.kept();
  }

  @Override
  public EncodedFormat format() {
    return stream.format();
  }

  @Override
  public OptionalLong bytesReceived() {
    return OptionalLong.of(stream.bytes());
  }

  @Override
  public void close() {
    closed = true;
    Lifetime.end(settings, stream);
  }
}
