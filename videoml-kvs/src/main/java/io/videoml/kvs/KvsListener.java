package io.videoml.kvs;

import io.videoml.kvs.fragment.FragmentNumber;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Is told what frames alone do not show. What it throws is logged, and changes nothing.
 *
 * <p>Threading: called by the threads that read, those of several readers at once; must not block.
 */
public interface KvsListener extends Serializable {

  /** Returns the one that hears nothing. */
  static KvsListener none() {
    return NoListener.INSTANCE;
  }

  /**
   * A reader was opened.
   *
   * @param source the id of its source
   * @param statistics may be asked at any time, from any thread, also after it was closed
   */
  default void onOpen(String source, Supplier<KvsStatistics> statistics) {}

  /** Something is missing before the next frame. */
  default void onGap(String source, KvsGap gap) {}

  /**
   * A fragment came that had been delivered, and is passed over.
   *
   * @param resent whether it is the producer who sent it again, under a new number
   */
  default void onDuplicate(String source, FragmentNumber number, boolean resent) {}
}
