package io.videoml.testkit.kvs.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, in JSON. Errors are those that the service answers.
 *
 * <p>Threading: immutable.
 */
public final class Parameters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode node;

  private Parameters(JsonNode node) {
    this.node = node;
  }

  /** Reads the body of a request. */
  public static Parameters of(byte[] body) throws ServiceException {
    try {
      JsonNode node = JSON.readTree(body.length == 0 ? new byte[] {'{', '}'} : body);
      if (node == null || !node.isObject()) {
        throw new ServiceException(400, "SerializationException", "the body must be an object");
      }
      return new Parameters(node);
    } catch (JsonProcessingException e) {
      throw new ServiceException(400, "SerializationException", "the body is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /** Writes maps, lists, text and numbers. */
  public static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, text and numbers are JSON", e);
    }
  }

  /** Returns text, if it is there. */
  public Optional<String> text(String name) throws ServiceException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw ServiceException.invalid(name + " must be text");
    }
    return Optional.of(value.textValue());
  }

  /** Returns text that must be there. */
  public String requiredText(String name) throws ServiceException {
    return text(name).orElseThrow(() -> ServiceException.invalid(name + " is missing"));
  }

  /** Returns a whole number within bounds. */
  public int number(String name, int least, int most, int otherwise) throws ServiceException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
      throw ServiceException.invalid(
          "%s must be within %d..%d, was %s".formatted(name, least, most, value.asText()));
    }
    return value.intValue();
  }

  /** Returns a time, which is seconds with a fraction. */
  public Optional<Instant> time(String name) throws ServiceException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw ServiceException.invalid(name + " must be seconds since 1970");
    }
    BigDecimal millis = value.decimalValue().movePointRight(3);
    return Optional.of(Instant.ofEpochMilli(millis.longValue()));
  }

  /** Returns an object, if it is there. */
  public Optional<Parameters> object(String name) throws ServiceException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw ServiceException.invalid(name + " must be an object");
    }
    return Optional.of(new Parameters(value));
  }

  /** Returns a list of text; empty where there is none. */
  public List<String> texts(String name) throws ServiceException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : node.path(name)) {
      if (!value.isTextual()) {
        throw ServiceException.invalid(name + " must hold text");
      }
      texts.add(value.textValue());
    }
    return texts;
  }

  /** Returns an object of text; empty where there is none. */
  public Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    node.path(name).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  /** Returns the stream that is named. */
  public String stream() throws ServiceException {
    return text("StreamName")
        .or(() -> textOrEmpty("StreamARN"))
        .orElseThrow(
            () -> ServiceException.invalid("Either StreamName or StreamARN must be given"));
  }

  /** Returns text, if that is what is there. */
  public Optional<String> textOrEmpty(String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }
}
