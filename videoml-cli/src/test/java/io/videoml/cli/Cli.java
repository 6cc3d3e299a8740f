package io.videoml.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videoml.cli.process.Console;
import io.videoml.cli.process.Interruption;
import io.videoml.cli.run.CliContext;
import io.videoml.cli.run.Parts;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the command in this process and captures what it writes. */
final class Cli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cli() {}

  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {
    List<JsonNode> lines() {
      return out.lines().map(Cli::parse).toList();
    }

    List<JsonNode> lines(String type) {
      return lines().stream().filter(line -> line.get("type").asText().equals(type)).toList();
    }

    /** Returns the summary, which is the last line. */
    JsonNode summary() {
      JsonNode last = lines().get(lines().size() - 1);
      if (!last.get("type").asText().equals("summary")) {
        throw new AssertionError("the last line is no summary: " + last);
      }
      return last;
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }

  static Result run(Parts parts, String... arguments) {
    return run(parts, new Interruption(code -> {}), arguments);
  }

  static Result run(Parts parts, Interruption interruption, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = run(parts, interruption, out, err, arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static int run(
      Parts parts,
      Interruption interruption,
      OutputStream out,
      OutputStream err,
      String... arguments) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console =
        new Console(out, errors, /* outIsPipe= */ false, /* outIsTerminal= */ false, false);
    return new Main(new CliContext(console, interruption, parts)).run(arguments);
  }
}
