package io.videoml.cli.fleet;

import io.videoml.cli.fleet.FleetConfig.Batching;
import io.videoml.cli.fleet.FleetConfig.Metrics;
import io.videoml.cli.options.Durations;
import io.videoml.cli.options.KvsOptions;
import io.videoml.cli.options.SamplerOption;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.options.SourceOptions.Backend;
import io.videoml.cli.process.CliException;
import io.videoml.fleet.Priority;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the configuration file of a fleet. */
final class ConfigReader {
  private static final Set<String> TOP =
      keys("model, maxConcurrent, batching, weights, freshness, metrics, defaults, zones, cameras");
  private static final Set<String> DEFAULTS =
      keys("backend, region, kvsEndpoint, start, zone, priority, sampler, enabled");
  private static final Set<String> ZONE =
      keys("backend, region, kvsEndpoint, start, priority, sampler, enabled");
  private static final Set<String> CAMERA =
      keys("id, source, backend, region, kvsEndpoint, start, zone, priority, sampler, enabled");
  private static final Set<String> PRIORITIES = keys("high, normal, low");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final int MANY = 1_000_000;

  private final Path file;
  private final String name;
  private final Environment environment;

  ConfigReader(Path file, Function<String, @Nullable String> variables) {
    this.file = file;
    this.name = file.toString();
    this.environment = new Environment(variables);
  }

  private static Set<String> keys(String list) {
    return new LinkedHashSet<>(List.of(list.split(", "))); // in the order that messages show
  }

  FleetConfig read() {
    Section top = Section.of(name, /* name= */ "", root(), environment, TOP);
    return new FleetConfig(
        top.section("model", ModelSection.KEYS).map(model -> ModelSection.read(model, file)),
        top.scalar("maxConcurrent")
            .map(value -> OptionalInt.of(value.wholeNumber(1, MANY)))
            .orElseGet(OptionalInt::empty),
        top.section("batching", keys("size, delay")).map(ConfigReader::batching),
        perPriority(top, "weights", value -> value.wholeNumber(1, 1000)),
        perPriority(top, "freshness", ConfigReader::duration),
        top.section("metrics", keys("port, host")).map(ConfigReader::metrics),
        cameras(top));
  }

  private Node root() {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      return new Compose(settings)
          .composeString(Files.readString(file))
          .orElseThrow(() -> nothing("is empty", "list cameras in it"));
    } catch (NoSuchFileException e) {
      throw nothing("cannot be read", "there is no such file; check the path");
    } catch (CharacterCodingException e) {
      throw nothing("cannot be read", "it is not a UTF-8 text file");
    } catch (IOException e) {
      throw nothing("cannot be read", e.getMessage() + "; check the path");
    } catch (MarkedYamlEngineException e) {
      throw Place.of(name, e.getProblemMark()).wrong("this is no valid YAML", problem(e));
    } catch (YamlEngineException e) {
      throw nothing("is no valid YAML", "it has more than one document, or is too large");
    }
  }

  private CliException nothing(String what, String whyAndWhatToDo) {
    return CliException.usage("the configuration " + name + " " + what, whyAndWhatToDo);
  }

  /** Says what is wrong, but not with what text, which could be half of a password. */
  private static String problem(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("alias")) {
      return "there is no anchor of that name; quote a value that begins with *";
    }
    if (problem.contains("tag") || problem.contains("anchor")) {
      return "a tag or anchor is not known; quote a value that begins with ! or &";
    }
    return problem + "; indent by spaces, and quote values with : or #";
  }

  private static Batching batching(Section section) {
    return new Batching(
        section.required("size").wholeNumber(1, MANY), duration(section.required("delay")));
  }

  private static Metrics metrics(Section section) {
    return new Metrics(
        section.scalar("host").map(Scalar::text).orElse("127.0.0.1"),
        section.required("port").wholeNumber(0, 65535),
        section.place());
  }

  private static Duration duration(Scalar value) {
    return value.as(new Durations()::convert);
  }

  private static <T> Map<Priority, T> perPriority(
      Section top, String key, Function<Scalar, T> reader) {
    Map<Priority, T> values = new EnumMap<>(Priority.class);
    top.section(key, PRIORITIES)
        .ifPresent(
            section -> {
              for (Priority priority : Priority.values()) {
                section
                    .scalar(priority.code())
                    .ifPresent(value -> values.put(priority, reader.apply(value)));
              }
            });
    return values;
  }

  private List<CameraConfig> cameras(Section top) {
    List<Section> defaults = new ArrayList<>();
    top.section("defaults", DEFAULTS).ifPresent(defaults::add);
    Map<String, Section> zones = new HashMap<>();
    top.section("zones", Set.of()).ifPresent(all -> zones.putAll(all.sections(ZONE)));
    Map<String, Place> ids = new HashMap<>();
    List<CameraConfig> cameras = new ArrayList<>();
    for (Section section : top.sections("cameras", "camera", CAMERA)) {
      CameraConfig camera = camera(section, defaults, zones);
      Place first = ids.putIfAbsent(camera.id(), section.place("id"));
      if (first != null) {
        throw section
            .place("id")
            .wrong("there are two cameras of the id " + camera.id(), "the first is at " + first);
      }
      cameras.add(camera);
    }
    if (cameras.stream().noneMatch(CameraConfig::enabled)) {
      throw top.place("cameras")
          .wrong("there is no camera to run", "list one at least under cameras, and enable it");
    }
    return cameras;
  }

  private CameraConfig camera(Section own, List<Section> defaults, Map<String, Section> zones) {
    List<Section> levels = new ArrayList<>(List.of(own)); // the closest first
    levels.addAll(defaults);
    Optional<Scalar> zone = first(levels, "zone");
    if (zone.isPresent() && !zones.isEmpty()) {
      Section known = zones.get(zone.get().text());
      if (known == null) {
        throw zone.get().wrong("there is no such zone under zones");
      }
      levels.add(1, known);
    }
    Scalar id = own.required("id");
    if (id.text().isBlank() || id.text().chars().anyMatch(Character::isISOControl)) {
      throw id.wrong("it is blank or not printable");
    }
    Scalar source = own.required("source");
    Backend backend =
        first(levels, "backend").map(value -> value.oneOf(Backend.values())).orElse(Backend.auto);
    return new CameraConfig(
        id.text(),
        source.place(),
        SourceOptions.of(address(source), backend).with(kvs(levels, address(source))),
        zone.map(Scalar::text).orElse(""),
        first(levels, "priority")
            .map(value -> value.oneOf(Priority.values()))
            .orElse(Priority.NORMAL),
        first(levels, "sampler").map(ConfigReader::sampler).orElse(SamplerOption.parse("all")),
        first(levels, "enabled").map(Scalar::flag).orElse(true));
  }

  /** Those of the fleet or a zone are for its Kinesis streams; others do not mind. */
  private static KvsOptions kvs(List<Section> levels, String address) {
    boolean kvs = address.regionMatches(true, 0, "kvs:", 0, 4);
    List<Section> of = kvs ? levels : levels.subList(0, 1);
    return KvsOptions.of(
        first(of, "kvsEndpoint").map(Scalar::text),
        first(of, "region").map(Scalar::text),
        first(of, "start").map(Scalar::text));
  }

  /** Paths are relative to the file, wherever the command is called. */
  private String address(Scalar source) {
    String text = source.text();
    if (text.isBlank() || SCHEME.matcher(text).matches()) {
      return text;
    }
    return beside(file, source).toString();
  }

  /** Returns what a path stands for in a configuration file. */
  static Path beside(Path file, Scalar path) {
    try {
      return file.resolveSibling(path.text());
    } catch (InvalidPathException e) {
      throw path.wrong("it is no valid path");
    }
  }

  private static SerializableSupplier<FrameSampler> sampler(Scalar spec) {
    return spec.as(SamplerOption::parse);
  }

  private static Optional<Scalar> first(List<Section> levels, String key) {
    return levels.stream().flatMap(level -> level.scalar(key).stream()).findFirst();
  }
}
