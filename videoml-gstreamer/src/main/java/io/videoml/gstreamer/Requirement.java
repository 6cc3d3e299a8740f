package io.videoml.gstreamer;

/** What a source must have, or fail at once. */
public enum Requirement {
  /** A device that decodes the stream. */
  HARDWARE_DECODE
}
