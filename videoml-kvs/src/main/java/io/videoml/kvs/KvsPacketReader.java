package io.videoml.kvs;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lends the packets of a stream. Everything is done by the thread that reads; others only stop it.
 */
final class KvsPacketReader implements PacketReader {
  /** Of a stream that ended before its first packet: a guess, by which nothing is ever decoded. */
  private static final EncodedFormat UNKNOWN =
      new EncodedFormat("h264", Packaging.ANNEX_B, 0, 0, new byte[0], OptionalDouble.empty());

  private final String source;
  private final PacketFeed sessions;
  private final FragmentPackets packets;
  private final PacketOutput output;
  private final Stop stop;
  private final AtomicBoolean freed = new AtomicBoolean();
  private boolean reading; // guarded by this
  private volatile EncodedFormat format = UNKNOWN;

  private KvsPacketReader(
      String source, PacketFeed sessions, FragmentPackets packets, PacketOutput output, Stop stop) {
    this.source = source;
    this.sessions = sessions;
    this.packets = packets;
    this.output = output;
    this.stop = stop;
  }

  /** Takes over the sessions, and reads up to the first packet; closes them where that fails. */
  static KvsPacketReader open(
      String source, PacketFeed sessions, FragmentPackets packets, PacketOutput output, Stop stop) {
    KvsPacketReader reader = new KvsPacketReader(source, sessions, packets, output, stop);
    try {
      reader.prepare();
      return reader;
    } catch (RuntimeException | Error e) {
      reader.close();
      throw e;
    }
  }

  private boolean prepare() {
    begin();
    try {
      return hasNext();
    } finally {
      finish();
    }
  }

  @Override
  public boolean tryAdvance(PacketHandler handler) {
    begin();
    try {
      if (!hasNext()) {
        return false;
      }
      StoredPacket packet = output.poll();
      if (packet == null) {
        throw new IllegalStateException("no packet where there was one");
      }
      format = packet.format;
      try {
        handler.onPacket(packet);
      } finally {
        packet.release();
        StoredPacket next = output.peek();
        if (next != null) {
          format = next.format;
        }
      }
      return true;
    } finally {
      finish();
    }
  }

  private boolean hasNext() {
    sessions.enter();
    try {
      while (output.peek() == null) {
        SourceException failure = packets.failure();
        if (failure != null) {
          throw failure;
        }
        if (sessions.ended()) {
          return false;
        }
        sessions.advance();
        if (stop.stopped()) {
          throw closed(null);
        }
      }
    } catch (InterruptedException e) {
      if (!stop.stopped()) {
        Thread.currentThread().interrupt();
      }
      throw closed(e);
    }
    StoredPacket next = output.peek();
    if (next != null) {
      format = next.format;
    }
    return true;
  }

  private synchronized void begin() {
    if (reading) {
      throw new IllegalStateException(
          "a packet of " + source + " is still lent; return from its handler first");
    }
    if (stop.stopped()) {
      throw closed(null);
    }
    reading = true;
  }

  private void finish() {
    boolean last;
    synchronized (this) {
      reading = false;
      last = stop.stopped();
    }
    if (last) {
      free();
    }
  }

  private SourceException closed(@Nullable Throwable cause) {
    return new SourceException(Kind.CLOSED, source, "is closed, or was interrupted", cause);
  }

  @Override
  public EncodedFormat format() {
    return format;
  }

  @Override
  public void close() {
    boolean idle;
    synchronized (this) {
      stop.stop();
      idle = !reading; // else the thread that reads frees, at once
    }
    if (idle) {
      free();
    }
  }

  private void free() {
    if (freed.compareAndSet(false, true)) {
      sessions.close();
    }
  }
}
