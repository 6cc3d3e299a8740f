package io.videoml.kvs.produce;

import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of fragments and connections. None of it holds credentials.
 *
 * <p>Threading: immutable.
 */
public sealed interface ProducerEvent {

  /** The service accepted a session. */
  record Connected() implements ProducerEvent {}

  /**
   * A session failed, or could not begin.
   *
   * @param kind what went wrong
   * @param reason in words
   * @param retryIn when the next begins
   */
  record Disconnected(SourceException.Kind kind, String reason, Duration retryIn)
      implements ProducerEvent {}

  /**
   * A fragment is stored, or arrived where the stream stores nothing.
   *
   * @param number the service's number of it
   * @param possibleDuplicate whether an earlier copy may be stored as well
   */
  record Persisted(FragmentInfo fragment, Optional<String> number, boolean possibleDuplicate)
      implements ProducerEvent {}

  /**
   * A fragment is sent again.
   *
   * @param possibleDuplicate whether the service may hold it already, since all of it was sent and
   *     no word came that it is stored; it then carries the tag {@value KvsProducer#DUPLICATE_TAG}
   */
  record Resent(FragmentInfo fragment, boolean possibleDuplicate) implements ProducerEvent {}

  /**
   * A fragment is given up.
   *
   * @param detail the service's error, as far as there is one
   */
  record Dropped(FragmentInfo fragment, Cause cause, String detail) implements ProducerEvent {}

  /**
   * The spool's directory has a file that cannot be used, or takes none.
   *
   * @param file its name, without the directory
   */
  record SpoolProblem(String file, String reason) implements ProducerEvent {}

  /** Sending stopped for good; the writer takes nothing any more. */
  record Failed(SourceException failure) implements ProducerEvent {}

  /** Why a fragment is given up. */
  enum Cause {
    /** There was no room left. */
    FULL,
    /** The service does not take it. */
    REFUSED,
    /** Its file was damaged. */
    DAMAGED,
    /** The writer was closed first. It may be stored all the same, if all of it was sent. */
    CLOSED
  }
}
