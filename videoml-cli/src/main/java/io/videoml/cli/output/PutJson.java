package io.videoml.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videoml.kvs.produce.FragmentInfo;
import io.videoml.kvs.produce.ProducerEvent;
import io.videoml.kvs.produce.ProducerStatistics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the lines of {@code kvs put}. Programs read them: keys keep their names and their order.
 */
public final class PutJson {
  private PutJson() {}

  /** Returns the line of what became of a connection or fragment; empty for what is no news. */
  public static Optional<byte[]> event(String stream, ProducerEvent event, Instant at) {
    if (event instanceof ProducerEvent.Connected) {
      return Optional.of(event(stream, "connected", "", at));
    }
    if (event instanceof ProducerEvent.Disconnected lost) {
      String detail = lost.reason() + ", retry in " + lost.retryIn().toMillis() + " ms";
      return Optional.of(event(stream, "disconnected", detail, at));
    }
    if (event instanceof ProducerEvent.Persisted stored) {
      return Optional.of(stored(stream, stored));
    }
    if (event instanceof ProducerEvent.Dropped dropped) {
      String detail =
          "%d pictures from %s to %s: %s %s"
              .formatted(
                  dropped.fragment().frames(),
                  dropped.fragment().start(),
                  dropped.fragment().end(),
                  dropped.cause().name().toLowerCase(Locale.ROOT),
                  dropped.detail());
      return Optional.of(event(stream, "fragment_dropped", detail.strip(), at));
    }
    return Optional.empty();
  }

  private static byte[] event(String stream, String name, String detail, Instant at) {
    return JsonLines.line(
        "event",
        stream,
        json -> {
          json.writeStringField("event", name);
          json.writeStringField("detail", detail);
          json.writeStringField("at", JsonLines.instant(at));
        });
  }

  private static byte[] stored(String stream, ProducerEvent.Persisted stored) {
    FragmentInfo fragment = stored.fragment();
    return JsonLines.line(
        "fragment",
        stream,
        json -> {
          if (stored.number().isPresent()) {
            json.writeStringField("number", stored.number().get());
          }
          json.writeStringField("start", JsonLines.instant(fragment.start()));
          json.writeStringField("end", JsonLines.instant(fragment.end()));
          json.writeNumberField("frames", fragment.frames());
          json.writeNumberField("bytes", fragment.bytes());
          json.writeBooleanField("possibleDuplicate", stored.possibleDuplicate());
        });
  }

  /** Returns the last line. */
  public static byte[] summary(
      String stream, String source, ProducerStatistics done, Duration time) {
    return JsonLines.line(
        "summary",
        stream,
        json -> {
          json.writeStringField("source", source);
          json.writeNumberField("put", done.framesPut());
          json.writeNumberField("stored", done.framesPersisted());
          json.writeNumberField("dropped", done.framesDropped());
          json.writeNumberField("skipped", done.framesSkipped());
          fragments(json, done);
          json.writeNumberField("sessions", done.sessions());
          json.writeNumberField("bytes", done.bytesSent());
          JsonLines.number(json, "seconds", time.toNanos() / 1e9, 3);
        });
  }

  private static void fragments(JsonGenerator json, ProducerStatistics done) throws IOException {
    json.writeObjectFieldStart("fragments");
    json.writeNumberField("stored", done.fragmentsPersisted());
    json.writeNumberField("dropped", done.fragmentsDropped());
    json.writeNumberField("resent", done.fragmentsResent());
    json.writeNumberField("possibleDuplicates", done.possibleDuplicates());
    json.writeEndObject();
  }
}
