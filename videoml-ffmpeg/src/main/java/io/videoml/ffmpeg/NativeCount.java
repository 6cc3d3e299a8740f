package io.videoml.ffmpeg;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what this module holds in native memory, so that tests can prove that all of it is given
 * back.
 */
final class NativeCount {
  private static final AtomicInteger LIVE = new AtomicInteger();

  private NativeCount() {}

  static void opened() {
    LIVE.incrementAndGet();
  }

  static void closed() {
    LIVE.decrementAndGet();
  }

  /** Returns the number of demuxers, decoders, encoders, scalers and frames that are open. */
  static int live() {
    return LIVE.get();
  }
}
