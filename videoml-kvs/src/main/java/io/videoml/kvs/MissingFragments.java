package io.videoml.kvs;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives fragments of the archive up, and says so.
 *
 * <p>Threading: one thread.
 */
final class MissingFragments {
  private static final Logger LOG = LoggerFactory.getLogger(KvsArchiveSource.class);

  private final ArchiveFragments fragments;
  private final Progress progress;
  private final KvsArchiveListener listener;
  private final String source;

  MissingFragments(
      ArchiveFragments fragments, Progress progress, KvsArchiveListener listener, String source) {
    this.fragments = fragments;
    this.progress = progress;
    this.listener = listener;
    this.source = source;
  }

  /** Gives the next one up. */
  void first(String reason) {
    KvsArchivedFragment gone = fragments.giveUp();
    LOG.warn(
        "{}: fragment {} of {} (server time), {} ms long, is missing: {}",
        source,
        gone.number(),
        gone.serverTime(),
        gone.length().toMillis(),
        reason);
    tell(gone, reason);
  }

  /**
   * Gives all up that are not listed any more, where one after another was missing.
   *
   * @throws SourceException if all are listed still
   */
  void unlisted(ArchiveList list, Stop stop) throws InterruptedException {
    List<KvsArchivedFragment> wanted = fragments.wanted();
    List<KvsArchivedFragment> gone = fragments.giveUpAllBut(stop.await(() -> list.listed(wanted)));
    if (gone.isEmpty()) {
      throw new SourceException(
          Kind.NOT_FOUND,
          source,
          "the archive lists fragments and gives none of %d in a row, before fragment %s of %s; read a range that begins later"
              .formatted(OneByOne.MANY, wanted.get(0).number(), wanted.get(0).serverTime()));
    }
    LOG.warn(
        "{}: {} fragments from {} to {} are missing: they are not listed any more",
        source,
        gone.size(),
        gone.get(0).number(),
        gone.get(gone.size() - 1).number());
    gone.forEach(one -> tell(one, "it is not listed any more"));
  }

  private void tell(KvsArchivedFragment gone, String reason) {
    progress.passes(gone.number());
    try {
      listener.onMissing(source, gone, reason);
    } catch (RuntimeException e) {
      LOG.warn("{}: the listener failed", source, e);
    }
  }
}
