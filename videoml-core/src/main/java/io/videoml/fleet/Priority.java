package io.videoml.fleet;

import java.util.Locale;

/** How much a camera matters, beside the others of its fleet. */
public enum Priority {
  HIGH,
  NORMAL,
  LOW;

  /** Returns the priority's name in output and configuration, as {@code "high"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
