package io.videoml.source;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A stream could not be opened or read. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, and so whether trying again can help. */
  public enum Kind {
    /** The server wants other credentials. */
    AUTHENTICATION(false),
    /** There is no such file, path or stream. */
    NOT_FOUND(false),
    /** The server said no. */
    REFUSED(true),
    /**
     * The connection broke or never came to be; an unknown host name is one, as name servers fail
     * and recover.
     */
    NETWORK(true),
    /** Connected, but nothing came within the timeout. */
    STALLED(true),
    /** A stream that should not end did, as when a camera's server stops. */
    ENDED(true),
    /** No decoder, protocol or video stream. */
    UNSUPPORTED(false),
    /** The data is damaged. */
    CORRUPT(false),
    /** A setting is wrong. */
    CONFIGURATION(false),
    /** The reader was closed, or its thread interrupted. */
    CLOSED(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    /** Returns the kind's name in output and metrics, as {@code "not_found"}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether trying again soon can help. */
    public boolean retryable() {
      return retryable;
    }
  }

  private final Kind kind;
  private final String source;

  /**
   * @param source the source's id, without credentials
   * @param message what happened and what to do; without credentials
   */
  public SourceException(Kind kind, String source, String message, @Nullable Throwable cause) {
    super(source + ": " + message, cause);
    this.kind = requireNonNull(kind, "kind");
    this.source = requireNonNull(source, "source");
  }

  /** As the other constructor, without a cause. */
  public SourceException(Kind kind, String source, String message) {
    this(kind, source, message, null);
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Returns the id of the source. */
  public String source() {
    return source;
  }
}
