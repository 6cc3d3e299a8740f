package io.videoml.cli.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.videoml.doctor.Finding;
import io.videoml.doctor.Machine;
import io.videoml.ffmpeg.FfmpegSupport;
import io.videoml.gstreamer.GStreamerSupport;
import io.videoml.onnx.OnnxSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells an examination to programs: one object, on one line. Keys keep names and order. */
public final class ExaminationJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ExaminationJson() {}

  /** Returns the line, its end included. */
  public static byte[] of(Examination examination) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("type", "doctor");
      json.writeBooleanField("healthy", examination.healthy());
      machine(json, examination.equipment().machine());
      ffmpeg(json, examination.equipment().ffmpeg());
      gstreamer(json, examination.equipment().gstreamer());
      onnx(json, examination.equipment().onnx());
      json.writeObjectFieldStart("auto");
      json.writeStringField("rtsp", examination.equipment().rtspBackend());
      json.writeStringField("other", "ffmpeg");
      json.writeEndObject();
      if (examination.stream().isPresent()) {
        StreamJson.write(json, examination.stream().get());
      }
      findings(json, examination.findings());
      strings(json, "install", examination.equipment().install());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return line.toByteArray();
  }

  private static void machine(JsonGenerator json, Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("java", machine.java());
    json.writeStringField("os", machine.os());
    json.writeStringField("arch", machine.arch());
    optional(json, "glibc", machine.glibc());
    json.writeNumberField("processors", machine.processors());
    if (machine.memoryBytes().isPresent()) {
      json.writeNumberField("memoryBytes", machine.memoryBytes().getAsLong());
    }
    json.writeNumberField("maxHeapBytes", machine.maxHeapBytes());
    optional(json, "mallocArenaMax", machine.mallocArenaMax());
    optional(json, "nvidiaDriver", machine.nvidiaDriver());
    json.writeBooleanField("cuda", machine.cudaProblem().isEmpty());
    strings(json, "renderNodes", machine.renderNodes());
    strings(json, "videoNodes", machine.videoNodes());
    json.writeEndObject();
  }

  private static void ffmpeg(JsonGenerator json, FfmpegSupport ffmpeg) throws IOException {
    json.writeObjectFieldStart("ffmpeg");
    json.writeBooleanField("usable", ffmpeg.usable());
    optional(json, "version", ffmpeg.version());
    optional(json, "problem", ffmpeg.problem());
    json.writeArrayFieldStart("devices");
    for (FfmpegSupport.Device device : ffmpeg.devices()) {
      json.writeStartObject();
      json.writeStringField("name", device.name());
      json.writeBooleanField("usable", device.usable());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void gstreamer(JsonGenerator json, GStreamerSupport gstreamer) throws IOException {
    json.writeObjectFieldStart("gstreamer");
    json.writeBooleanField("usable", gstreamer.usable());
    optional(json, "version", gstreamer.version());
    optional(json, "problem", gstreamer.problem());
    json.writeArrayFieldStart("elements");
    for (GStreamerSupport.Element element : gstreamer.elements()) {
      json.writeStartObject();
      json.writeStringField("name", element.name());
      json.writeBooleanField("present", element.present());
      json.writeStringField("package", element.debianPackage());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("decoders");
    for (GStreamerSupport.VideoDecoder decoder : gstreamer.decoders()) {
      json.writeStartObject();
      json.writeStringField("name", decoder.name());
      json.writeStringField("codec", decoder.codec());
      optional(json, "device", decoder.device());
      json.writeBooleanField("usable", decoder.usable());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void onnx(JsonGenerator json, OnnxSupport onnx) throws IOException {
    json.writeObjectFieldStart("onnx");
    json.writeBooleanField("usable", onnx.usable());
    optional(json, "version", onnx.version());
    optional(json, "problem", onnx.problem());
    json.writeArrayFieldStart("accelerators");
    for (OnnxSupport.Provider provider : onnx.accelerators()) {
      json.writeStartObject();
      json.writeStringField("name", provider.accelerator().name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("built", provider.built());
      json.writeBooleanField("usable", provider.usable());
      optional(json, "problem", provider.problem());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("symptom", finding.symptom().code());
      json.writeStringField("severity", finding.severity().code());
      json.writeStringField("evidence", finding.evidence());
      json.writeStringField("remedy", finding.remedy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void strings(JsonGenerator json, String key, List<String> values) throws IOException {
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  static void optional(JsonGenerator json, String key, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(key, value.get());
    }
  }
}
