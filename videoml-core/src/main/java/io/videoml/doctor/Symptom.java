package io.videoml.doctor;

import java.util.Locale;

/** What one sees of a stream that is not well. */
public enum Symptom {
  /** The server wants other credentials. */
  AUTHENTICATION,
  /** There is no such stream, file or host. */
  NOT_FOUND,
  /** The server says no. */
  REFUSED,
  /** There is no way to the server. */
  UNREACHABLE,
  /** Connected, but nothing comes. */
  STALLED,
  /** It cannot be decoded here, or not be read at all. */
  UNSUPPORTED,
  /** It was there, and went away. */
  CONNECTION_LOST,
  /** Frames are missing or damaged. */
  FRAMES_DROPPING,
  /** Frames come late, or later and later. */
  HIGH_LATENCY,
  /** Colours are wrong, or pictures grey or green. */
  COLOUR_ARTEFACTS,
  /** The process gets larger and larger. */
  MEMORY_GROWTH,
  /** The processor does what a device could do. */
  GPU_NOT_USED,
  /** Media or capture times cannot be true. */
  WRONG_TIMESTAMPS;

  /** Returns the symptom's name in output, as {@code "high_latency"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
