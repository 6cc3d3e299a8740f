package io.videoml.kvs;

import io.videoml.kvs.fragment.FragmentNumber;
import java.util.List;
import java.util.Optional;

/**
 * The archive of one stream.
 *
 * <p>Threading: one thread.
 */
interface ArchiveService extends AutoCloseable {

  /**
   * A page of the list, in any order.
   *
   * @param next where the next page begins; empty after the last
   */
  record Page(List<KvsArchivedFragment> fragments, Optional<String> next) {}

  /**
   * Lists fragments.
   *
   * @param page where to go on; empty for the first
   * @throws MediaException if the service does not answer, or refuses
   */
  Page list(KvsRange range, Optional<String> page) throws InterruptedException;

  /**
   * Asks for fragments; they may be refused later, by {@link MediaSession#next}.
   *
   * @param numbers 1 to 1000
   * @throws MediaException if it cannot even ask
   */
  MediaSession media(List<FragmentNumber> numbers) throws InterruptedException;

  /** Asks where the archive is served anew before the next call. */
  void renewEndpoint();

  /** Looks up credentials anew before the next call, and where the archive is served. */
  void renewCredentials();

  @Override
  void close();
}
