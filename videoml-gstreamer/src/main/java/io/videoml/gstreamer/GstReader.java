package io.videoml.gstreamer;

import static java.util.Objects.requireNonNull;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream: waits for decoded pictures, copies each once and lends it. The lock covers
 * native code, never the handler.
 */
final class GstReader implements FrameReader {
  private static final long SLICE_NANOS = 50_000_000;
  private static final long END_NAP_NANOS = 1_000_000;
  // How many read timeouts data may come without a picture of it.
  private static final int PATIENCE = 3;
  private static final int PATIENCE_FOR_KEYS = 12;

  private final ReentrantLock lock = new ReentrantLock();
  private final Settings settings;
  private final Stream stream;
  private final FrameMaker maker;
  private boolean lending;
  private boolean ended;
  private volatile boolean closed;
  private volatile StreamInfo info;

  private GstReader(Settings settings, Stream stream) {
    this.settings = settings;
    this.stream = stream;
    Decoding decoding = requireNonNull(stream.decoding(), "decoding");
    this.info = decoding.describe(decoding.caps().width(), decoding.caps().height());
    this.maker = new FrameMaker(settings.live(), stream.log());
    info.frameRate().ifPresent(maker::frameRate);
  }

  /** Starts the stream and waits for its first picture, coded. */
  static GstReader open(Settings settings, Front front, DecodeDemand demand, boolean fromRtp) {
    Natives.require(settings.id());
    Stream stream = new Stream(settings, front, demand, fromRtp);
    stream.start();
    Lifetime.awaitStart(settings, stream);
    return new GstReader(settings, stream);
  }

  @Override
  public boolean tryAdvance(FrameHandler handler) {
    requireNonNull(handler, "handler");
    PooledFrame frame;
    lock.lock();
    try {
      if (lending) {
        throw new IllegalStateException(
            "a frame of " + settings.id() + " is still lent; return from its handler first");
      }
      PooledFrame next = next();
      if (next == null) {
        return false;
      }
      frame = next;
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

  private @Nullable PooledFrame next() {
    long started = System.nanoTime();
    boolean waited = false;
    while (true) {
      requireOpen();
      if (ended) {
        return null;
      }
      long sample = stream.slot().pull(waited ? SLICE_NANOS : 0);
      if (sample != 0) {
        PooledFrame frame = take(sample, waited);
        if (frame != null) {
          stream.sated();
          return frame;
        }
        continue;
      }
      if (!waited) {
        stream.hungry();
        waited = true;
      }
      checkEnd();
      checkStall(started);
    }
  }

  private @Nullable PooledFrame take(long sample, boolean waited) {
    try {
      PooledFrame frame = maker.take(sample, stream.feeder().keysOnly(), waited);
      if (frame != null
          && (frame.info().width() != info.width() || frame.info().height() != info.height())) {
        describe(frame.info().width(), frame.info().height());
      }
      return frame;
    } finally {
      Gst.gst_mini_object_unref(sample);
    }
  }

  private void describe(int width, int height) {
    Decoding decoding = stream.decoding();
    if (decoding != null) {
      info = decoding.describe(width, height);
    }
  }

  private void requireOpen() {
    if (closed || Thread.currentThread().isInterrupted()) {
      throw new SourceException(Kind.CLOSED, settings.id(), "is closed");
    }
  }

  private void checkEnd() {
    SourceException failure = stream.failure();
    if (failure != null) {
      requireOpen();
      throw failure;
    }
    if (stream.finished()) {
      SourceException fault = stream.endFailure();
      if (fault != null) {
        throw fault;
      }
      stream.log().end();
      ended = true;
    } else if (stream
        .slot()
        .ended()) { // not known yet whether that is a failure; pulling waits not
      LockSupport.parkNanos(END_NAP_NANOS);
    }
  }

  private void checkStall(long started) {
    long now = System.nanoTime();
    long limit = settings.readTimeout().toNanos();
    long since = Math.max(started, stream.lastUnitNanos());
    if (now - since > limit) {
      throw new SourceException(
          Kind.STALLED,
          settings.id(),
          "nothing came within the read timeout, " + limit / 1_000_000 + " ms");
    }
    int patience = stream.feeder().keysOnly() ? PATIENCE_FOR_KEYS : PATIENCE;
    if (now - started > patience * limit) {
      throw new SourceException(
          Kind.STALLED, settings.id(), "data comes, but no picture comes of it");
    }
  }

  private void takeBack(PooledFrame frame) {
    lock.lock();
    try {
      frame.close();
      lending = false;
      if (closed) {
        maker.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void demand(DecodeDemand demand) {
    stream.feeder().demand(requireNonNull(demand, "demand"));
  }

  @Override
  public long notDemanded() {
    return stream.log().notDemanded();
  }

  @Override
  public OptionalLong bytesReceived() {
    return OptionalLong.of(stream.bytes());
  }

  @Override
  public StreamInfo stream() {
    return info;
  }

  @Override
  public void close() {
    closed = true;
    Lifetime.end(settings, stream);
    lock.lock();
    try {
      if (!lending) { // else the reading thread does when its handler returns
        maker.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
