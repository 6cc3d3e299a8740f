package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one stream. The lock covers native code, never the handler: what is lent is
 * a copy, so that closing need not wait for it.
 */
final class FfmpegPacketReader implements PacketReader {
  private final ReentrantLock lock = new ReentrantLock();
  private final String id;
  private final Interrupt interrupt;
  private final Demuxer demuxer;
  private final PacketCopy copy;
  private boolean lending;
  private boolean fetched;
  private boolean ended;
  private boolean freed;

  private FfmpegPacketReader(String id, Interrupt interrupt, Demuxer demuxer, PacketCopy copy) {
    this.id = id;
    this.interrupt = interrupt;
    this.demuxer = demuxer;
    this.copy = copy;
    this.fetched = true;
  }

  static FfmpegPacketReader open(FfmpegSource source) {
    OpenFailure.check(source);
    Natives.require(source.id());
    Interrupt interrupt = new Interrupt();
    Demuxer demuxer = null;
    try {
      demuxer = Demuxer.open(source, interrupt);
      PacketCopy copy = new PacketCopy(demuxer);
      FfmpegPacketReader reader = new FfmpegPacketReader(source.id(), interrupt, demuxer, copy);
      reader.readFirst();
      return reader;
    } catch (RuntimeException | Error e) {
      if (demuxer != null) {
        demuxer.close();
      }
      interrupt.close();
      throw e;
    }
  }

  /** Passes what comes before the first key frame, as of a camera that was joined midway. */
  private void readFirst() {
    while (!ended) {
      ended = !demuxer.read();
      if (!ended && copy.take()) {
        return;
      }
    }
    throw new SourceException(Kind.CORRUPT, id, "holds no key frame");
  }

  @Override
  public boolean tryAdvance(PacketHandler handler) {
    requireNonNull(handler, "handler");
    LentPacket packet;
    lock.lock();
    try {
      if (lending) {
        throw new IllegalStateException(
            "a packet of " + id + " is still lent; return from its handler first");
      }
      if (freed || interrupt.cancelled()) {
        throw new SourceException(Kind.CLOSED, id, "is closed");
      }
      LentPacket next = next();
      if (next == null) {
        return false;
      }
      packet = next;
      lending = true;
    } finally {
      lock.unlock();
    }
    try {
      handler.onPacket(packet);
    } finally {
      takeBack();
    }
    return true;
  }

  private @Nullable LentPacket next() {
    if (!fetched && !ended) {
      ended = !demuxer.read();
      if (ended) {
        checkEnd();
      } else {
        copy.take();
      }
    }
    fetched = false;
    return ended ? null : copy.lend();
  }

  private void checkEnd() {
    SourceException cutOff = demuxer.cutOff();
    if (cutOff != null) {
      throw cutOff;
    }
  }

  private void takeBack() {
    lock.lock();
    try {
      lending = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public EncodedFormat format() {
    return copy.format();
  }

  @Override
  public OptionalLong bytesReceived() {
    return demuxer.bytesReceived();
  }

  @Override
  public void close() {
    interrupt.cancel();
    lock.lock();
    try {
      if (!freed) {
        freed = true;
        demuxer.close();
        interrupt.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
