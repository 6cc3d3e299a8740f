package io.videoml.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The lines of a service that stands in for a real one. */
public final class StandInJson {
  private static final JsonFactory JSON = new JsonFactory();

  private StandInJson() {}

  /** Returns the line that says where it is, and the made-up keys that it takes. */
  public static byte[] ready(
      URI endpoint, String region, String accessKey, String secretKey, Path directory) {
    return line(
        json -> {
          json.writeStringField("type", "ready");
          json.writeStringField("endpoint", endpoint.toString());
          json.writeStringField("region", region);
          json.writeStringField("accessKey", accessKey);
          json.writeStringField("secretKey", secretKey);
          json.writeStringField("dir", directory.toString());
        });
  }

  /** Returns the last line. */
  public static byte[] summary(int streams, long fragments, int requests, Duration time) {
    return line(
        json -> {
          json.writeStringField("type", "summary");
          json.writeNumberField("streams", streams);
          json.writeNumberField("fragments", fragments);
          json.writeNumberField("requests", requests);
          json.writeNumberField("seconds", time.toMillis() / 1000.0);
        });
  }

  private static byte[] line(Fields fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return line.toByteArray();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
