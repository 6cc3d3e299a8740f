package io.videoml.source;

import io.videoml.frame.ResumePosition;
import java.io.Serializable;
import java.util.Optional;

/**
 * Describes a stream that can be opened: an address and settings, no connection. Making one does no
 * I/O, and it can travel to the machine that will read.
 *
 * <p>Threading: immutable.
 */
public interface FrameSource extends Serializable {

  /** Returns a name for logs, metrics and results; never holds credentials. */
  String id();

  /**
   * Returns whether frames come at their own pace and are lost when not taken, as from a camera.
   */
  boolean live();

  /**
   * Returns whether the end of the stream is a fault to recover from, as of a camera. A file that
   * is replayed at a camera's pace is live, and yet ends.
   */
  default boolean endless() {
    return live();
  }

  /**
   * Returns the host that it connects to, if any: those who connect to the same one take turns. In
   * lower case, without a port, which may be of one camera behind a relay.
   */
  default Optional<String> host() {
    return Optional.empty();
  }

  /**
   * Connects and reads as far as the first frame needs. An interrupt of the calling thread makes it
   * fail within a second, as closed, and stays set.
   *
   * @param from the position of the last frame that is not wanted again; empty for the start, or
   *     now if live
   * @param demand which frames may be wanted
   * @throws SourceException if the stream cannot be opened, or the position is of another source
   */
  FrameReader open(Optional<ResumePosition> from, DecodeDemand demand);

  /** Opens at the start, or now if live, for every frame. */
  default FrameReader open() {
    return open(Optional.empty(), DecodeDemand.ALL);
  }
}
