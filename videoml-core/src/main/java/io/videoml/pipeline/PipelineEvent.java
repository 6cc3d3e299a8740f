package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a stream.
 *
 * @param stream name of the pipeline or camera
 * @param type what happened
 * @param detail in words, without credentials
 * @param at when
 */
public record PipelineEvent(String stream, Type type, String detail, Instant at)
    implements Serializable {
  /** What can happen. */
  public enum Type {
    CONNECTED,
    DISCONNECTED,
    RECONNECTING,
    FORMAT_CHANGED,
    FRAME_FAILED,
    LISTENER_FAILED,
    ENDED;

    /** Returns the event's name in output, as {@code "format_changed"}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PipelineEvent {
    requireNonNull(stream, "stream");
    requireNonNull(type, "type");
    requireNonNull(detail, "detail");
    requireNonNull(at, "at");
  }
}
