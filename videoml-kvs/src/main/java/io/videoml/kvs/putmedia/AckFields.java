package io.videoml.kvs.putmedia;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, at whatever depth: the documentation shows acknowledgements
 * within an object that the service does not send.
 */
final class AckFields {
  private final String json;
  private final Map<String, String> fields = new HashMap<>();
  private int at;

  private AckFields(String json) {
    this.json = json;
  }

  static Ack read(String json) {
    Map<String, String> fields = fields(json);
    return new Ack(
        type(fields.getOrDefault("EventType", "")),
        number(fields.get("FragmentTimecode")),
        Optional.ofNullable(fields.get("FragmentNumber")).filter(text -> !text.equals("null")),
        (int) Math.min(Integer.MAX_VALUE, number(fields.get("ErrorId")).orElse(0)),
        fields.getOrDefault("ErrorCode", ""));
  }

  /** Returns the fields that are no objects; of a name that occurs twice, the last. */
  static Map<String, String> fields(String json) {
    AckFields reader = new AckFields(json);
    reader.scan();
    return reader.fields;
  }

  private void scan() {
    String name = "";
    boolean value = false;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        String text = quoted();
        if (value) {
          fields.put(name, text);
        } else {
          name = text;
        }
      } else if (c == ':') {
        value = true;
        at++;
      } else if (Character.isLetterOrDigit(c) || c == '-') {
        String text = bare();
        if (value) {
          fields.put(name, text);
        }
      } else {
        value = value && Character.isWhitespace(c);
        at++;
      }
    }
  }

  private String bare() {
    int from = at;
    while (at < json.length() && ",}] \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return json.substring(from, at);
  }

  private String quoted() {
    StringBuilder text = new StringBuilder();
    for (at++; at < json.length() && json.charAt(at) != '"'; at++) {
      if (json.charAt(at) == '\\' && at + 1 < json.length()) {
        at++;
        text.append(unescaped());
      } else {
        text.append(json.charAt(at));
      }
    }
    at++;
    return text.toString();
  }

  private char unescaped() {
    char c = json.charAt(at);
    if (c == 'u' && at + 4 < json.length()) {
      String digits = json.substring(at + 1, at + 5);
      if (digits.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
        at += 4;
        return (char) Integer.parseInt(digits, 16);
      }
    }
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private static Ack.Type type(String text) {
    for (Ack.Type type : Ack.Type.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    return Ack.Type.OTHER;
  }

  private static OptionalLong number(@Nullable String text) {
    boolean digits =
        text != null
            && !text.isEmpty()
            && text.length() <= 18
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
