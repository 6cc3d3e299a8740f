package io.videoml.ffmpeg;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avutil.AVFrame;
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
  private final Pictures pictures = new Pictures();
  private final boolean resumable;
  private @Nullable Instant anchor;
  private @Nullable Layout layout;
  private boolean lending;
  private boolean freed;
  private volatile StreamInfo info;

  private FfmpegReader(
      FfmpegSource source, Interrupt interrupt, PictureStream stream, boolean resumable) {
    this.source = source;
    this.interrupt = interrupt;
    this.stream = stream;
    this.resumable = resumable;
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
      return new FfmpegReader(source, interrupt, stream, !source.live());
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
      AVFrame picture = stream.next();
      if (picture == null) {
        return false;
      }
      frame = wrap(picture);
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

  private NativeFrame wrap(AVFrame picture) {
    Layout current = layout;
    int format = picture.format();
    int width = picture.width();
    int height = picture.height();
    int matrix = picture.colorspace();
    int range = picture.color_range();
    if (current == null || !current.fits(format, width, height, matrix, range)) {
      current = Layout.of(format, width, height, matrix, range, stream.orientation());
      layout = current;
      info = stream.describe(current.shownWidth(), current.shownHeight());
    }
    long nanos = stream.nanos();
    FrameInfo info =
        new FrameInfo(
            stream.index(),
            current.shownWidth(),
            current.shownHeight(),
            current.shown(),
            current.colors(),
            time(nanos),
            stream.keyFrame(),
            stream.corrupt(),
            stream.decodeNanos());
    ResumeToken token = resumable ? stream.token() : null;
    return NativeFrame.lent(picture, info, current, pictures, token);
  }

  private FrameTime time(long nanos) {
    Duration pts = Duration.ofNanos(nanos);
    long arrival = stream.arrivalNanos();
    Instant start = anchor;
    if (start == null) {
      start = Instant.now().minusNanos(System.nanoTime() - arrival + nanos);
      anchor = start;
    }
    if (source.live()) {
      Instant arrived = Instant.now().minusNanos(System.nanoTime() - arrival);
      return new FrameTime(pts, arrived, CaptureClock.ARRIVAL, arrival);
    }
    return new FrameTime(pts, start.plusNanos(nanos), CaptureClock.PTS_ANCHORED, arrival);
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
  public StreamInfo stream() {
    return info;
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
      pictures.close();
      interrupt.close();
    }
  }
}
