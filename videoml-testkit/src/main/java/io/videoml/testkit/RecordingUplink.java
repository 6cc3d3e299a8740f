package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.Frame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Uplink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers what it was given to send.
 *
 * <p>Threading: safe, if the script is.
 */
public final class RecordingUplink implements Uplink {
  private final Script script;
  private final List<FrameResult> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();

  /** Makes an uplink that sends as the script says. */
  public RecordingUplink(Script script) {
    this.script = requireNonNull(script, "script");
  }

  /** Says how a frame is sent. */
  @FunctionalInterface
  public interface Script {
    /**
     * Returns how many bytes a frame takes; may wait, and what it throws comes out of {@code send}.
     *
     * @param index the frame's position in the stream
     */
    long bytes(long index) throws IOException, InterruptedException;
  }

  @Override
  public long send(Frame frame, FrameResult soFar) throws IOException, InterruptedException {
    frame.plane(0); // an uplink may look at the pixels
    long bytes = script.bytes(frame.info().index());
    sent.add(soFar);
    return bytes;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Returns the results that came with the frames that were sent, in order. */
  public List<FrameResult> sent() {
    return List.copyOf(sent);
  }

  /** Returns the positions in the stream of the frames that were sent. */
  public List<Long> indices() {
    return sent.stream().map(result -> result.frame().index()).toList();
  }

  /** Returns how often it was closed. */
  public int timesClosed() {
    return closed.get();
  }
}
