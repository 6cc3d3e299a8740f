package io.videoml.kvs.putmedia;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the service says of a fragment while it is sent.
 *
 * @param type what happened to it
 * @param timecodeMillis which fragment, by the time of its cluster; empty where it is not said
 * @param number the number that the service gave to it
 * @param errorId of an error; 0 where it is not said
 * @param errorCode of an error, as text, known to us or not; may be empty
 */
public record Ack(
    Type type,
    OptionalLong timecodeMillis,
    Optional<String> number,
    int errorId,
    String errorCode) {

  /** What happened. */
  public enum Type {
    /** The fragment begins to arrive. */
    BUFFERING,
    /** All of it arrived. */
    RECEIVED,
    /** It is stored. */
    PERSISTED,
    /** It is not. */
    ERROR,
    /** Nothing arrives, and the connection lives. */
    IDLE,
    /** Something that we do not know. */
    OTHER
  }

  public Ack {
    requireNonNull(type, "type");
    requireNonNull(timecodeMillis, "timecodeMillis");
    requireNonNull(number, "number");
    requireNonNull(errorCode, "errorCode");
  }

  /** Returns what to do about an error. */
  public Verdict verdict() {
    return Verdict.of(errorId, errorCode);
  }

  /** Returns an error as one word, as {@code "4002 MAX_FRAGMENT_DURATION_REACHED"}. */
  public String error() {
    return errorId == 0 ? errorCode : (errorId + " " + errorCode).trim();
  }
}
