package io.videoml.ffmpeg;

import io.videoml.frame.ResumePosition;
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
  private final FfmpegSource source;
  private final Interrupt interrupt;
  private final PictureStream stream;
  private @Nullable Layout layout;
  private boolean lending;
  private boolean freed;
  private volatile StreamInfo info;

  private FfmpegReader(FfmpegSource source, Interrupt interrupt, PictureStream stream) {
    this.source = source;
    this.interrupt = interrupt;
    this.stream = stream;
    this.info = stream.describe();
  }

  static FfmpegReader open(
      FfmpegSource source, Optional<ResumePosition> from, DecodeDemand demand) {
    OpenFailure.check(source);
    Natives.require(source.id());
    Interrupt interrupt = new Interrupt();
    try {
      Optional<ResumeToken> after = from.map(position -> ResumeToken.of(position, source.id()));
      PictureStream stream = PictureStream.open(source, interrupt, demand, after);
      return new FfmpegReader(source, interrupt, stream);
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
      if (lending) {
        throw new IllegalStateException(
            "a frame of " + source.id() + " is still lent; return from its handler first");
      }
      if (freed || interrupt.cancelled()) {
        throw new SourceException(Kind.CLOSED, source.id(), "is closed");
      }
      NativeFrame next = stream.next();
      if (next == null) {
        return false;
      }
      frame = next;
      if (!Objects.equals(layout, stream.layout())) {
        layout = stream.layout();
        info = stream.describe();
      }
      lending = true;
    } finally {
      lock.unlock();
    }
    try {
      handler.onFrame(frame);
    } finally {
      takeBack(frame);
    }
    return true;
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
    return OptionalLong.of(stream.bytesReceived());
  }

  @Override
  public StreamInfo stream() {
    return info.withSleep(stream.sleep());
  }

  @Override
  public void close() {
    interrupt.cancel();
    lock.lock();
    try {
      if (!lending) { // else the reading thread frees it when its handler returns
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
