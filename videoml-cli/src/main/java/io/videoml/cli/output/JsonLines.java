package io.videoml.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.FrameInfo;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the lines of the output. Programs read them: keys keep their names and their order. */
public final class JsonLines {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Stages that every run has. */
  private static final int WITHOUT_CASCADE = 3;

  private JsonLines() {}

  /** Returns the line of a kept frame. */
  public static byte[] frame(FrameResult result, boolean withDetections) {
    FrameInfo frame = result.frame();
    Detections found = result.detections();
    return line(
        "frame",
        result.stream(),
        json -> {
          json.writeNumberField("frame", frame.index());
          number(json, "pts", seconds(frame.time().pts()), 6);
          json.writeStringField("captured", instant(frame.time().captured()));
          json.writeStringField("capturedFrom", frame.time().capturedFrom().name());
          json.writeNumberField("width", frame.width());
          json.writeNumberField("height", frame.height());
          json.writeBooleanField("keyFrame", frame.keyFrame());
          json.writeBooleanField("corrupt", frame.corrupt());
          json.writeStringField("reason", result.decision().reason());
          if (result.decision().score().isPresent()) {
            number(json, "score", result.decision().score().getAsDouble(), 6);
          }
          if (withDetections) {
            json.writeArrayFieldStart("detections");
            for (Detection detection : found) {
              detection(json, detection);
            }
            json.writeEndArray();
          }
          json.writeObjectFieldStart("ms");
          millis(json, "preprocess", found.preprocess());
          millis(json, "inference", found.inference());
          millis(json, "postprocess", found.postprocess());
          millis(json, "total", result.total());
          json.writeEndObject();
        });
  }

  /** Returns the line of an event. */
  public static byte[] event(PipelineEvent event) {
    return line(
        "event",
        event.stream(),
        json -> {
          json.writeStringField("event", event.type().code());
          json.writeStringField("detail", event.detail());
          json.writeStringField("at", instant(event.at()));
        });
  }

  /** Returns the last line. */
  public static byte[] summary(RunSummary summary) {
    return line(
        "summary",
        summary.stream(),
        json -> {
          json.writeNumberField("read", summary.read());
          json.writeNumberField("kept", summary.kept());
          json.writeNumberField("failed", summary.failed());
          json.writeObjectFieldStart("dropped");
          for (DropReason reason :
              DropReason.values()) { // not the map's own order, which changes from run to run
            Long frames = summary.dropped().get(reason);
            if (frames != null) {
              json.writeNumberField(reason.code(), frames);
            }
          }
          json.writeEndObject();
          stages(json, summary.stages());
          number(json, "seconds", seconds(summary.elapsed()), 3);
          number(json, "fps", summary.framesPerSecond(), 1);
          json.writeObjectFieldStart("latencyMs");
          for (Stage stage : Stage.values()) {
            json.writeObjectFieldStart(stage.code());
            latency(json, summary.latency(), stage);
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  /** Returns the line of a measurement. */
  public static byte[] bench(Measurement result) {
    return line(
        "bench",
        result.stream(),
        json -> {
          json.writeStringField("decoding", result.decoding());
          json.writeStringField("model", result.model());
          json.writeNumberField("read", result.read());
          json.writeNumberField("kept", result.kept());
          number(json, "seconds", seconds(result.elapsed()), 3);
          number(json, "fps", result.framesPerSecond(), 1);
          json.writeObjectFieldStart("latencyMs");
          for (Stage stage : Stage.values()) {
            LatencyStats stats = result.latency(stage);
            json.writeObjectFieldStart(stage.code());
            json.writeNumberField("count", stats.count());
            millis(json, "mean", stats.mean());
            millis(json, "std", stats.std());
            millis(json, "min", stats.min());
            percentiles(json, stats);
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  /** Returns the line of a strategy that was compared with looking at every frame. */
  public static byte[] comparison(String stream, ComparedStrategy row) {
    return line(
        "comparison",
        stream,
        json -> {
          json.writeStringField("sampler", row.strategy());
          json.writeNumberField("read", row.read());
          json.writeNumberField("decoded", row.decoded());
          json.writeNumberField("kept", row.kept());
          number(json, "cpuSeconds", seconds(row.cpu()), 3);
          number(json, "saving", row.saving(), 2);
          json.writeNumberField("objects", row.objects());
          number(json, "found", row.found(), 4);
        });
  }

  /** Returns the line of a key frame that was listed or extracted. */
  public static byte[] keyFrame(String stream, long frame, Duration pts, String file) {
    return line(
        "keyframe",
        stream,
        json -> {
          json.writeNumberField("frame", frame);
          number(json, "pts", seconds(pts), 6);
          if (!file.isEmpty()) {
            json.writeStringField("file", file);
          }
        });
  }

  /** Writes the way of the frames, where there is more to it than the sampler. */
  private static void stages(JsonGenerator json, List<StageSummary> stages) throws IOException {
    if (stages.size() <= WITHOUT_CASCADE) {
      return;
    }
    json.writeArrayFieldStart("stages");
    for (StageSummary stage : stages) {
      json.writeStartObject();
      json.writeStringField("name", stage.name());
      json.writeNumberField("in", stage.in());
      json.writeNumberField("out", stage.out());
      number(json, "ratio", stage.ratio(), 4);
      json.writeObjectFieldStart("stopped");
      for (Map.Entry<String, Long> reason : stage.stopped().entrySet()) {
        json.writeNumberField(reason.getKey(), reason.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void detection(JsonGenerator json, Detection detection) throws IOException {
    json.writeStartObject();
    json.writeNumberField("classId", detection.classId());
    json.writeStringField("label", detection.label());
    number(json, "confidence", detection.confidence(), 4);
    Box box = detection.box();
    json.writeArrayFieldStart("box");
    for (float edge : new float[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
      json.writeNumber(decimal(edge, 2));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void latency(JsonGenerator json, Map<Stage, LatencyStats> all, Stage stage)
      throws IOException {
    LatencyStats stats = all.getOrDefault(stage, LatencyStats.EMPTY);
    millis(json, "mean", stats.mean());
    percentiles(json, stats);
  }

  private static void percentiles(JsonGenerator json, LatencyStats stats) throws IOException {
    millis(json, "p50", stats.p50());
    millis(json, "p95", stats.p95());
    millis(json, "p99", stats.p99());
    millis(json, "max", stats.max());
  }

  private static void millis(JsonGenerator json, String key, Duration duration) throws IOException {
    number(json, key, duration.toNanos() / 1e6, 3);
  }

  static void number(JsonGenerator json, String key, double value, int decimals)
      throws IOException {
    if (Double.isFinite(value)) { // JSON has no word for the others
      json.writeFieldName(key);
      json.writeNumber(decimal(value, decimals));
    }
  }

  private static BigDecimal decimal(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  static byte[] line(String type, String stream, Fields fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      json.writeStringField("stream", stream);
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return line.toByteArray();
  }

  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
