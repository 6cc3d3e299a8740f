package io.videoml.testkit;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Uplink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;

/** Remembers what it was given to send. */
final class RecordingUplink implements Uplink {
  final List<FrameResult> sent = new CopyOnWriteArrayList<>();
  final AtomicInteger closed = new AtomicInteger();
  private final LongUnaryOperator bytes;

  /**
   * @param bytes says how many bytes a frame is, by its position in the stream; what it throws
   *     comes out of {@code send}
   */
  RecordingUplink(LongUnaryOperator bytes) {
    this.bytes = bytes;
  }

  @Override
  public long send(Frame frame, FrameResult soFar) throws IOException {
    frame.plane(0); // an uplink may look at the pixels
    long size = bytes.applyAsLong(frame.info().index());
    if (size == Long.MAX_VALUE) {
      throw new IOException("connection reset");
    }
    sent.add(soFar);
    return size;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  List<Long> indices() {
    return sent.stream().map(result -> result.frame().index()).toList();
  }
}
