package io.videoml.kvs.fragment;

/**
 * What a stream may ask of a {@link FragmentReader}: beyond it, reading fails. The reader's own
 * memory never exceeds {@code frameBytes} and a few times {@code headerBytes}, whatever sizes a
 * stream declares: memory is taken as bytes arrive.
 *
 * @param frameBytes the longest block, which is a frame or what is laced together; the service's
 *     fragments have 50 MB at most. An element that is skipped may be as long
 * @param headerBytes how long the headers, tracks and tags of a fragment may be, all together
 * @param tracks the most tracks of a fragment
 * @param tags the most tags of a fragment, the service's included
 * @param frames the most frames of a fragment
 */
public record FragmentLimits(int frameBytes, int headerBytes, int tracks, int tags, int frames) {
  private static final FragmentLimits DEFAULTS =
      new FragmentLimits(64 << 20, 1 << 20, 16, 256, 100_000);

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public FragmentLimits {
    if (frameBytes < 1 || headerBytes < 1 || tracks < 1 || tags < 1 || frames < 1) {
      throw new IllegalArgumentException(
          "limits must be positive, were %d, %d, %d, %d, %d"
              .formatted(frameBytes, headerBytes, tracks, tags, frames));
    }
  }

  /** Returns limits far above what the service allows. */
  public static FragmentLimits defaults() {
    return DEFAULTS;
  }
}
