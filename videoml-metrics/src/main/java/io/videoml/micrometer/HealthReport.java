package io.videoml.micrometer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How all cameras are, as JSON.
 *
 * @param healthy whether all are live
 * @param json one object
 */
record HealthReport(boolean healthy, String json) {
  private static final JsonFactory JSON = new JsonFactory();

  static HealthReport of(Map<String, StreamStatus> cameras, Instant now) throws IOException {
    boolean healthy =
        cameras.values().stream().allMatch(status -> status.state() == StreamState.LIVE);
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("status", healthy ? "ok" : "degraded");
      out.writeArrayFieldStart("cameras");
      for (Map.Entry<String, StreamStatus> camera : cameras.entrySet()) {
        write(out, camera.getKey(), camera.getValue(), now);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return new HealthReport(healthy, text.toString());
  }

  private static void write(JsonGenerator out, String id, StreamStatus status, Instant now)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("id", Masking.masked(id));
    out.writeStringField("state", status.state().code());
    out.writeStringField("since", status.since().toString());
    out.writeNumberField("connects", status.connects());
    out.writeNumberField("failures_in_a_row", status.attempts());
    if (status.lastFrame().isPresent()) {
      Duration age = Duration.between(status.lastFrame().get(), now);
      out.writeNumberField("last_frame_age_seconds", Math.max(0, age.toMillis()) / 1000.0);
    } else {
      out.writeNullField("last_frame_age_seconds");
    }
    if (status.lastProblem().isPresent()) {
      StreamStatus.Problem problem = status.lastProblem().get();
      out.writeObjectFieldStart("last_problem");
      out.writeStringField("kind", problem.kind().code());
      out.writeStringField("message", Masking.masked(problem.message()));
      out.writeStringField("at", problem.at().toString());
      out.writeEndObject();
    } else {
      out.writeNullField("last_problem");
    }
    out.writeEndObject();
  }
}
