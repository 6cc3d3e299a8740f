package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream. The lock covers native code, never the handler, so that closing waits for
 * neither for long.
 */
final class FfmpegReader implements FrameReader {
  private final ReentrantLock lock = new ReentrantLock();
  private final String id;
  private final Interrupt interrupt;
  private final PictureStream stream;
  private @Nullable Layout layout;
  private String codecName;
  private boolean reading;
  private boolean lending;
  private boolean freed;
  private volatile StreamInfo info;

  private FfmpegReader(String id, Interrupt interrupt, PictureStream stream) {
    this.id = id;
    this.interrupt = interrupt;
    this.stream = stream;
    this.info = stream.describe();
    this.codecName = stream.codecName();
  }

  static FfmpegReader open(
      FfmpegSource source, Optional<ResumePosition> from, DecodeDemand demand) {
    OpenFailure.check(source);
    Natives.require(source.id());
    Interrupt interrupt = new Interrupt();
    try {
      Optional<ResumeToken> after = from.map(position -> ResumeToken.of(position, source.id()));
      Demuxer demuxer = Demuxer.open(source, interrupt);
      return new FfmpegReader(
          source.id(), interrupt, PictureStream.open(demuxer, source.decoding(), demand, after));
    } catch (RuntimeException | Error e) {
      interrupt.close();
      throw e;
    }
  }

  /** Decodes the packets of another kind of source. */
  static FfmpegReader open(
      PacketSource source,
      PacketDecoding settings,
      Optional<ResumePosition> from,
      DecodeDemand demand) {
    Natives.require(source.id());
    Optional<PacketToken> after = from.map(position -> PacketToken.of(position, source.id()));
    Interrupt interrupt = new Interrupt();
    try {
      PacketReader packets =
          requireNonNull(source.openPackets(after.map(PacketToken::inner)), "packets");
      EncodedInput input = EncodedInput.open(source, packets, interrupt);
      return new FfmpegReader(
          source.id(), interrupt, PictureStream.open(input, settings, demand, after));
    } catch (RuntimeException | Error e) {
      interrupt.close();
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    NativeFrame frame;
    lock.lock();
    try {
      if (lending || reading) { // reading: from within the reader of the packets
        throw new IllegalStateException(
            "a frame of " + id + " is still lent or being read; return from its handler first");
      }
      if (freed || interrupt.cancelled()) {
        throw new SourceException(Kind.CLOSED, id, "is closed");
      }
      NativeFrame next = read();
      if (next == null) {
        return false;
      }
      frame = next;
      if (!Objects.equals(layout, stream.layout()) || !codecName.equals(stream.codecName())) {
        layout = stream.layout();
        codecName = stream.codecName();
        info = stream.describe();
      }
      lending = true;
    } finally {
      if (!lending && !reading && interrupt.cancelled()) {
        free(); // closed from within the reader of the packets, which is done with them
      }
      lock.unlock();
    }
    try {
      handler.onFrame(frame);
    } finally {
      takeBack(frame);
    }
    return true;
  }

  private @Nullable NativeFrame read() {
    reading = true;
    try {
      return stream.next();
    } finally {
      reading = false;
    }
  }

  private void takeBack(NativeFrame frame) {
    lock.lock();
    try {
      frame.close();
      lending = false;
      if (interrupt.cancelled()) {
        free();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void demand(DecodeDemand demand) {
    stream.demand(demand);
  }

  @Override
  public long notDemanded() {
    return stream.notDemanded();
  }

  @Override
  public OptionalLong bytesReceived() {
    return stream.bytesReceived();
  }

  @Override
  public StreamInfo stream() {
    return info.withSleep(stream.sleep());
  }

  @Override
  public void close() {
    interrupt.cancel();
    try {
      stream.cancel();
    } finally {
      closeUnlessReading();
    }
  }

  private void closeUnlessReading() {
    lock.lock();
    try {
      if (!lending && !reading) { // else the reading thread frees it when its handler returns
        free();
      }
    } finally {
      lock.unlock();
    }
  }

  private void free() {
    if (!freed) {
      freed = true;
      stream.close();
      interrupt.close();
    }
  }
}
