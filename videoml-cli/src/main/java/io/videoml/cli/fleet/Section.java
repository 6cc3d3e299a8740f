package io.videoml.cli.fleet;

import io.videoml.cli.process.CliException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of the file, whose keys are all known: the others are errors, with their lines. */
final class Section {
  /** What looks like a key: anything else could be a secret in the wrong place. */
  private static final String SHOWN = "[A-Za-z0-9_.-]{1,40}";

  private final String file;
  private final String name;
  private final Place place;
  private final Environment environment;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  private Section(String file, String name, Node node, Environment environment) {
    this.file = file;
    this.name = name;
    this.place = Place.of(file, node.getStartMark());
    this.environment = environment;
  }

  /**
   * Reads a mapping.
   *
   * @param name of it, for messages; empty for the whole file
   * @param node which must be a mapping
   * @param known the keys that there may be; empty if those are names of the user's
   */
  static Section of(
      String file, String name, Node node, Environment environment, Set<String> known) {
    Section section = new Section(file, name, node, environment);
    if (!(node instanceof MappingNode mapping)) {
      throw section.place.wrong(
          section.what() + " is no mapping", "write its keys as KEY: VALUE, one a line");
    }
    for (NodeTuple entry : mapping.getValue()) {
      section.add(entry.getKeyNode(), entry.getValueNode(), known);
    }
    return section;
  }

  private void add(Node keyNode, Node value, Set<String> known) {
    Place at = Place.of(file, keyNode.getStartMark());
    String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
    String shown = key.matches(SHOWN) ? key : "that is no name";
    if (!known.isEmpty() && !known.contains(key)) {
      throw at.wrong(
          "unknown key " + shown + " in " + what(), "there are " + String.join(", ", known));
    }
    if (values.put(key, value) != null) {
      throw at.wrong(
          shown + " is there twice in " + what(), "it was given at " + places.get(key) + " first");
    }
    places.put(key, at);
  }

  private String what() {
    return name.isEmpty() ? "the file" : name;
  }

  Place place() {
    return place;
  }

  /** Returns where a key stands; the section itself where it does not. */
  Place place(String key) {
    return places.getOrDefault(key, place);
  }

  Optional<Scalar> scalar(String key) {
    return Optional.ofNullable(values.get(key)).map(node -> scalar(key, node));
  }

  /** Returns a value that must be there. */
  Scalar required(String key) {
    return scalar(key).orElseThrow(() -> place.wrong(key + " is missing in " + what(), "add it"));
  }

  private Scalar scalar(String key, Node node) {
    Place at = Place.of(file, node.getStartMark());
    if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
      throw wrongType(key, at, node, "one value is expected");
    }
    String text = environment.expand(scalar.getValue(), at);
    return new Scalar(key, at, text, Environment.refers(scalar.getValue()));
  }

  private static CliException wrongType(String key, Place at, Node node, String expected) {
    String is =
        node instanceof MappingNode
            ? "it is a mapping"
            : node instanceof SequenceNode ? "it is a list" : "it is one value, or none";
    return at.wrong(key + " is of the wrong type", is + ", " + expected);
  }

  Optional<Section> section(String key, Set<String> known) {
    return Optional.ofNullable(values.get(key))
        .map(node -> of(file, key, node, environment, known));
  }

  /** Returns the mappings of all keys, each of which may be left empty. */
  Map<String, Section> sections(Set<String> known) {
    Map<String, Section> sections = new LinkedHashMap<>();
    values.forEach(
        (key, node) ->
            sections.put(
                key,
                node.getTag().equals(Tag.NULL)
                    ? new Section(file, key, node, environment)
                    : of(file, key, node, environment, known)));
    return sections;
  }

  /** Returns the values of a list; empty if there is none. */
  List<Scalar> scalars(String key) {
    return list(key, node -> scalar(key, node));
  }

  /** Returns the mappings of a list, named by the key and their number. */
  List<Section> sections(String key, String singular, Set<String> known) {
    List<Section> sections = new ArrayList<>();
    return list(
        key,
        node -> {
          Section section =
              of(file, singular + " " + (sections.size() + 1), node, environment, known);
          sections.add(section);
          return section;
        });
  }

  private <T> List<T> list(String key, Function<Node, T> reader) {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      throw wrongType(key, Place.of(file, node.getStartMark()), node, "a list is expected");
    }
    List<T> read = new ArrayList<>();
    list.getValue().forEach(item -> read.add(reader.apply(item)));
    return read;
  }
}
