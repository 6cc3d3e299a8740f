package io.videoml.cli.doctor;

import com.fasterxml.jackson.core.JsonGenerator;
import io.videoml.doctor.StreamReport;
import io.videoml.doctor.StreamReport.Frames;
import io.videoml.doctor.StreamReport.Loss;
import io.videoml.doctor.StreamReport.Timing;
import io.videoml.source.StreamInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.OptionalDouble;

/** Tells programs what was measured of a stream; durations in milliseconds unless they say. */
final class StreamJson {
  private StreamJson() {}

  static void write(JsonGenerator json, Examination.Stream watched) throws IOException {
    StreamReport report = watched.report();
    json.writeObjectFieldStart("source");
    json.writeStringField("id", report.source());
    json.writeStringField("backend", watched.backend());
    json.writeStringField("transport", watched.transport());
    json.writeBooleanField("live", report.live());
    json.writeBooleanField("connected", report.connected());
    if (report.connected()) {
      stream(json, report);
      frames(json, report);
      timing(json, report.timing());
      clocks(json, report);
    }
    json.writeArrayFieldStart("losses");
    for (Loss loss : report.losses()) {
      json.writeStartObject();
      json.writeStringField("kind", loss.kind().code());
      json.writeStringField("message", loss.message());
      number(json, "atSeconds", loss.at().toMillis() / 1e3);
      json.writeBooleanField("recovered", loss.recovered());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void stream(JsonGenerator json, StreamReport report) throws IOException {
    StreamInfo stream = report.stream();
    json.writeStringField("codec", stream.codec());
    json.writeNumberField("width", stream.width());
    json.writeNumberField("height", stream.height());
    json.writeStringField("decoder", stream.decoder());
    ExaminationJson.optional(json, "hardware", stream.hardware());
    optional(json, "nominalFps", stream.frameRate());
    optional(json, "measuredFps", report.timing().rate());
  }

  private static void frames(JsonGenerator json, StreamReport report) throws IOException {
    Frames frames = report.frames();
    json.writeNumberField("read", frames.read());
    json.writeNumberField("corrupt", frames.corrupt());
    json.writeNumberField("missing", frames.missing());
    json.writeNumberField("keyFrames", frames.keyFrames());
    if (frames.gop().isPresent()) {
      json.writeNumberField("gop", frames.gop().getAsLong());
    }
    if (report.timing().keyFrameInterval().isPresent()) {
      number(json, "keyFrameSeconds", report.timing().keyFrameInterval().get().toNanos() / 1e9);
    }
    if (frames.bytes().isPresent()) {
      json.writeNumberField("bytes", frames.bytes().getAsLong());
    }
    optional(json, "bitsPerSecond", Bitrate.of(report));
  }

  private static void timing(JsonGenerator json, Timing timing) throws IOException {
    if (timing.firstFrame().isPresent()) {
      millis(json, "firstFrameMs", timing.firstFrame().get());
    }
    number(json, "wallSeconds", timing.wall().toNanos() / 1e9);
    number(json, "mediaSeconds", timing.media().toNanos() / 1e9);
    number(json, "decodeShare", timing.decodeShare());
    millis(json, "toReaderMs", timing.toReader());
    millis(json, "behindMs", timing.behind());
    json.writeNumberField("jumps", timing.jumps());
  }

  private static void clocks(JsonGenerator json, StreamReport report) throws IOException {
    if (report.picture().isPresent()) {
      json.writeStringField("capturedFrom", report.picture().get().capturedFrom().name());
      json.writeStringField("matrix", report.picture().get().colorSpace().matrix().name());
      json.writeStringField("range", report.picture().get().colorSpace().range().name());
    }
    if (report.capture().isPresent()) {
      StreamReport.Capture capture = report.capture().get();
      json.writeObjectFieldStart("captureToArrivalMs");
      millis(json, "first", capture.first());
      millis(json, "last", capture.last());
      millis(json, "min", capture.smallest());
      millis(json, "max", capture.largest());
      json.writeEndObject();
      millis(json, "driftMs", capture.last().minus(capture.first()));
    }
    if (report.memory().isPresent()) {
      json.writeNumberField("nativeBytes", report.memory().get().bytes());
      json.writeNumberField("nativeGrowthBytes", report.memory().get().growth());
    }
  }

  private static void optional(JsonGenerator json, String key, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      number(json, key, value.getAsDouble());
    }
  }

  private static void millis(JsonGenerator json, String key, Duration time) throws IOException {
    number(json, key, time.toNanos() / 1e6);
  }

  private static void number(JsonGenerator json, String key, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeFieldName(key);
      BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
      json.writeNumber(rounded.stripTrailingZeros().toPlainString());
    }
  }
}
