package io.videoml.kvs.client;

import static java.util.Objects.requireNonNull;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with the service, and what helps.
 *
 * @param remedy what to do
 * @param kind what to call it where nothing helps
 * @param code the service's name for it, as {@code "ResourceNotFoundException"} or {@code "4000"};
 *     the name of an exception where the service said nothing
 * @param message what happened and what to do, in one line, without credentials
 * @param cause null where the service put it into the stream
 */
public record KvsFailure(
    Remedy remedy, Kind kind, String code, String message, @Nullable Throwable cause) {

  /** What to do about a failure. */
  public enum Remedy {
    /** Try again, after a growing delay. */
    RETRY,
    /** Try again, after a second at least: the service is asked too often, or by too many. */
    RETRY_SLOWLY,
    /** Ask for the data endpoint anew, and try again. */
    NEW_ENDPOINT,
    /** Take new credentials and a new data endpoint, and try once more; then give up. */
    NEW_CREDENTIALS,
    /** The position is not there any more: a policy decides. */
    NEW_POSITION,
    /** Give up. */
    NONE
  }

  public KvsFailure {
    requireNonNull(remedy, "remedy");
    requireNonNull(kind, "kind");
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }

  /** Classifies what a call to the service threw. */
  public static KvsFailure of(Throwable thrown) {
    return Classification.of(thrown);
  }

  /** Classifies an error that the service put into a stream of media, or acknowledged with. */
  public static KvsFailure inStream(int id, String code) {
    return StreamErrors.of(id, code);
  }

  /**
   * Returns whether it may be that the service refuses the fragment to begin after, since it is not
   * kept any more; how the service says so is not documented.
   */
  public boolean mayBePosition() {
    return remedy == Remedy.NONE
        && kind == Kind.CONFIGURATION
        && (code.equals("InvalidArgumentException") || code.equals("ResourceNotFoundException"));
  }

  /**
   * Returns it as what sources throw. Causes are left out where their messages can hold what is
   * secret.
   */
  public SourceException toException(String source) {
    return new SourceException(kind, source, message, kind == Kind.AUTHENTICATION ? null : cause);
  }
}
