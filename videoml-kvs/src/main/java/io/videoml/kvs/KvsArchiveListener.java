package io.videoml.kvs;

import java.io.Serializable;

/**
 * Is told what the archive lists and does not give. What it throws is logged, and changes nothing.
 *
 * <p>Threading: called by the threads that read, those of several readers at once; must not block.
 */
@FunctionalInterface
public interface KvsArchiveListener extends Serializable {

  /** Returns the one that hears nothing. */
  static KvsArchiveListener none() {
    return NoArchiveListener.INSTANCE;
  }

  /**
   * A fragment is missing; the log has it too.
   *
   * @param source the id of the source
   * @param fragment what is missing
   * @param reason why, in words
   */
  void onMissing(String source, KvsArchivedFragment fragment, String reason);
}
