package io.videoml.pipeline;

/** What happens to frames whose data was damaged, or that refer to such frames. */
public enum CorruptFrames {
  /** Handled as all others; they say of themselves that they are corrupt. */
  DELIVER,
  /** Dropped. */
  DROP,
  /** Dropped, with all that follow until an intact key frame. */
  WAIT_FOR_KEY_FRAME
}
