package io.videoml.examples;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with the Terraform files of one folder. */
final class TerraformFolder {
  private static final Pattern NAMED = Pattern.compile("(?<![\\w.])(var|local)\\.(\\w+)");
  private static final Pattern OBJECT =
      Pattern.compile("(?<![\\w.])(data\\.)?(aws_\\w+)\\.(\\w+)(?:\\[[^\\]]*\\])?(?:\\.(\\w+))?");
  private static final Set<String> META =
      Set.of("count", "for_each", "depends_on", "lifecycle", "provider");
  private static final Set<String> FOR_ALL_OR_NONE = Set.of("ecr:GetAuthorizationToken");

  private final JsonNode types;
  private final Map<String, Object> content = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private TerraformFolder(JsonNode types) {
    this.types = types;
  }

  /**
   * Returns what is wrong, a line each.
   *
   * @param types from aws-schema.json
   */
  static List<String> problems(Path folder, JsonNode types) throws IOException {
    TerraformFolder result = new TerraformFolder(types);
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tf")).sorted().toList()) {
        HclText text = new HclText(Files.readString(file));
        text.problems().forEach(problem -> result.add(file.getFileName() + " " + problem));
        code.append(text.code()).append('\n');
        // A variable's own condition is no use of it.
        if (!file.endsWith("variables.tf")) {
          NAMED.matcher(text.code()).results().forEach(use -> result.used.add(use.group()));
        }
        result.parse(file);
      }
    }
    result.check(code.toString());
    return result.problems;
  }

  private void add(String problem) {
    problems.add(problem);
  }

  private void parse(Path file) throws IOException {
    try {
      merge(content, new HCLParser().parse(file.toFile()));
    } catch (Exception e) { // it throws its own, wrapped in RuntimeException
      add(file.getFileName() + " does not parse: " + e.getMessage());
    }
  }

  private static void merge(Map<String, Object> into, Map<String, Object> more) {
    more.forEach(
        (key, value) -> {
          if (into.get(key) instanceof Map<?, ?> && value instanceof Map<?, ?>) {
            merge(map(into.get(key)), map(value));
          } else {
            into.put(key, value);
          }
        });
  }

  private void check(String code) {
    Map<String, Object> variables = map(content.get("variable"));
    Map<String, Object> locals = map(content.get("locals"));
    for (Matcher found = NAMED.matcher(code); found.find(); ) {
      boolean known =
          (found.group(1).equals("var") ? variables : locals).containsKey(found.group(2));
      if (!known) {
        add(found.group() + " is not declared");
      }
    }
    variables.forEach((name, variable) -> variable(name, map(variable)));
    locals.keySet().stream()
        .filter(name -> !used.contains("local." + name))
        .forEach(name -> add("local." + name + " is not used"));
    for (Matcher found = OBJECT.matcher(code); found.find(); ) {
      reference(found);
    }
    map(content.get("resource")).forEach((type, all) -> objects(type, type, all));
    map(content.get("data")).forEach((type, all) -> objects(type, "data." + type, all));
    Map<String, Object> pinned = map(map(content.get("terraform")).get("required_providers"));
    if (!map(pinned.get("aws")).containsKey("version")
        || !map(content.get("terraform")).containsKey("required_version")) {
      add("versions are not pinned");
    }
  }

  private void variable(String name, Map<String, Object> variable) {
    if (!variable.containsKey("description") || !variable.containsKey("type")) {
      add("var." + name + " needs a description and a type");
    }
    if (!used.contains("var." + name)) {
      add("var." + name + " is not used");
    }
  }

  private void reference(Matcher found) {
    boolean data = found.group(1) != null;
    String type = found.group(2);
    Map<String, Object> all = map(map(content.get(data ? "data" : "resource")).get(type));
    if (!all.containsKey(found.group(3))) {
      add(found.group() + " is not declared");
      return;
    }
    JsonNode schema = types.path((data ? "data." : "") + type).path("attributes");
    if (found.group(4) != null && !texts(schema).contains(found.group(4))) {
      add(found.group() + ": " + type + " has no such attribute");
    }
  }

  private void objects(String type, String key, Object all) {
    if (type.equals("aws_lambda_event_source_mapping")) {
      add("a Lambda event source mapping cannot read a video stream");
    }
    JsonNode schema = types.path(key);
    if (schema.isMissingNode()) {
      add(key + " is not a type that the schema has");
      return;
    }
    map(all).forEach((name, object) -> block(key + "." + name, schema, map(object)));
  }

  private void block(String where, JsonNode schema, Map<String, Object> block) {
    Set<String> arguments = texts(schema.path("arguments"));
    texts(schema.path("required")).stream()
        .filter(name -> !block.containsKey(name) && !map(block.get("dynamic")).containsKey(name))
        .forEach(name -> add(where + " lacks " + name));
    block.forEach(
        (name, value) -> {
          JsonNode nested = schema.path("blocks").path(name);
          if (name.equals("dynamic")) {
            map(value).forEach((kind, all) -> dynamic(where, schema, kind, all));
          } else if (!nested.isMissingNode()) {
            each(value).forEach(one -> block(where + "." + name, nested, one));
          } else if (!arguments.contains(name) && !META.contains(name)) {
            add(where + " has an argument " + name + " that the provider does not know");
          }
        });
    rights(where, block);
  }

  private void dynamic(String where, JsonNode schema, String kind, Object all) {
    JsonNode nested = schema.path("blocks").path(kind);
    if (nested.isMissingNode()) {
      add(where + " has a block " + kind + " that the provider does not know");
    }
    each(all).forEach(one -> block(where + "." + kind, nested, map(one.get("content"))));
  }

  private void rights(String where, Map<String, Object> statement) {
    if (!(statement.get("actions") instanceof List<?> actions)) {
      return;
    }
    if (actions.stream().anyMatch(action -> String.valueOf(action).contains("*"))) {
      add(where + " allows actions by wildcard: " + actions);
    }
    boolean all = statement.get("resources") instanceof List<?> some && some.contains("*");
    if (all && !FOR_ALL_OR_NONE.containsAll(actions)) {
      add(where + " allows " + actions + " on every resource");
    }
  }

  private static List<Map<String, Object>> each(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(TerraformFolder::map).toList()
        : List.of(map(value));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> result = new HashSet<>();
    array.forEach(text -> result.add(text.asText()));
    return result;
  }

  @SuppressWarnings("unchecked") // the parser's maps have names for keys
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
