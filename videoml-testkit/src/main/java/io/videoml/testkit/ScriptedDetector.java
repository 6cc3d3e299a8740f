package io.videoml.testkit;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Finds what it is told to find, and remembers what it was asked.
 *
 * <p>Threading: safe, if the script is.
 */
public final class ScriptedDetector implements Detector {
  private final Function<FrameInfo, List<Detection>> script;
  private final List<FrameInfo> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();

  private ScriptedDetector(Function<FrameInfo, List<Detection>> script) {
    this.script = requireNonNull(script, "script");
  }

  /** Returns a detector that finds the same in every frame. */
  public static ScriptedDetector finding(Detection... objects) {
    List<Detection> found = List.of(objects);
    return scripted(frame -> found);
  }

  /**
   * Returns a detector that finds what the script says.
   *
   * @param script called on the detecting thread; may wait, and what it throws comes out of {@code
   *     detect}
   */
  public static ScriptedDetector scripted(Function<FrameInfo, List<Detection>> script) {
    return new ScriptedDetector(script);
  }

  @Override
  public List<Detections> detect(List<? extends Frame> frames) {
    if (closed.get() > 0) {
      throw new IllegalStateException("the detector is closed");
    }
    return frames.stream().map(this::look).toList();
  }

  private Detections look(Frame frame) {
    frame.plane(0); // as every detector, it needs the pixels to be there
    seen.add(frame.info());
    return Detections.of(script.apply(frame.info()));
  }

  @Override
  public int maxBatch() {
    return 8;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Returns the frames it was asked about, in the order of asking. */
  public List<FrameInfo> seen() {
    return List.copyOf(seen);
  }

  /** Returns how often it was closed. */
  public int timesClosed() {
    return closed.get();
  }
}
