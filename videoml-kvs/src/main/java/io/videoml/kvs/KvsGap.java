package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.kvs.fragment.FragmentNumber;
import java.util.Optional;

/**
 * A part of a stream that was not delivered and will not be, or may be one.
 *
 * @param reason why
 * @param after the last fragment before it; empty where none was delivered before
 * @param before the first fragment after it
 * @param partly whether frames of {@code after} itself are missing, its last ones
 */
public record KvsGap(
    Reason reason, Optional<FragmentNumber> after, FragmentNumber before, boolean partly) {

  /** Why something is missing. */
  public enum Reason {
    /** The place to go on at was not kept any more. */
    EXPIRED,
    /** The service gave a fragment that is not complete, and then the next one. */
    INCOMPLETE,
    /**
     * A session that was to begin with the newest broke before its first fragment, and the next
     * began with what was the newest then. Whether anything came in between is not known.
     */
    INTERRUPTED
  }

  public KvsGap {
    requireNonNull(reason, "reason");
    requireNonNull(after, "after");
    requireNonNull(before, "before");
  }
}
