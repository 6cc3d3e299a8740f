package io.videoml.metrics;

import java.util.Locale;

/** Why a frame that was read has no result. */
public enum DropReason {
  /** No one asked for it: the decoder passed it over. */
  NOT_DEMANDED,
  /** The sampler did not want it. */
  SAMPLED_OUT,
  /** A newer frame of a live stream took its place before the detector was free. */
  MAILBOX_FULL,
  /** Its data was damaged, or it came before the first intact key frame after damage. */
  CORRUPT,
  /** What a stage of a cascade found in it did not meet the condition for going on. */
  NO_MATCH,
  /** The budget for going on to a cascade's next stage was spent. */
  BUDGET,
  /** It was older than its camera's freshness objective when it would have been its turn. */
  STALE,
  /** The run ended before it was its turn. */
  CLOSED;

  /** Returns the reason's name in output and metrics, as {@code "sampled_out"}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
