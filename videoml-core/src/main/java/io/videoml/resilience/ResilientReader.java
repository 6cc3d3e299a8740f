package io.videoml.resilience;

import io.videoml.source.FrameReader;

/**
 * A reader that survives its source, and says how it is doing.
 *
 * <p>Threading: as any {@link FrameReader}; the status may be asked for by any thread, also after
 * closing. Closing ends every wait: for a frame, a connection, a turn, or the next attempt. An
 * interrupt of the thread that reads ends the reader as closing does, and stays set.
 */
public interface ResilientReader extends FrameReader {
  /** Returns how the stream is doing. */
  StreamStatus status();
}
