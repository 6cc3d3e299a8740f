package io.videoml.resilience;

import java.util.Locale;

/** What a stream is doing at the moment. */
public enum StreamState {
  /** Connects, waits for its turn to, or waits for the first frame. */
  CONNECTING,
  /** Frames come. */
  LIVE,
  /** Connected, but silent for longer than its {@link Liveness} allows; it will connect anew. */
  STALLED,
  /** Waits before it tries to connect again. */
  BACKING_OFF,
  /** Given up: its policy does not let it try again. */
  FAILED,
  /** Ended, by itself or because it was closed. */
  STOPPED;

  /** Returns the state's name in output, as {@code "backing_off"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
