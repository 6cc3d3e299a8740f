package io.videoml.cli.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.cli.options.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The model of the file: what {@code detect} takes as options, checked by the same code. */
final class ModelSection {
  private static final Map<String, String> OPTIONS = options();
  static final Set<String> KEYS = OPTIONS.keySet();
  private static final Set<String> FILES = Set.of("file", "labels");

  private ModelSection() {}

  private static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>(); // in the order that messages show
    options.put("file", "--model");
    options.put("labels", "--labels");
    options.put("head", "--head");
    options.put("confidence", "--confidence");
    options.put("iou", "--iou");
    options.put("classes", "--classes");
    options.put("threads", "--threads");
    return options;
  }

  static ModelOptions read(Section section, Path file) {
    section.required("file");
    List<String> arguments = new ArrayList<>();
    OPTIONS.forEach(
        (key, option) -> {
          if (key.equals("classes")) {
            String classes =
                section.scalars(key).stream().map(Scalar::text).collect(Collectors.joining(","));
            if (!classes.isEmpty()) {
              arguments.add(option + "=" + classes);
            }
          } else {
            section.scalar(key).ifPresent(value -> arguments.add(argument(option, value, file)));
          }
        });
    return populate(arguments);
  }

  private static String argument(String option, Scalar value, Path file) {
    String text =
        FILES.contains(value.key()) ? ConfigReader.beside(file, value).toString() : value.text();
    String argument = option + "=" + text;
    value.as(
        given -> {
          try {
            return populate(List.of(argument));
          } catch (ParameterException e) {
            String message = String.valueOf(e.getMessage());
            throw new TypeConversionException(message.substring(message.indexOf(": ") + 1).strip());
          }
        });
    return argument;
  }

  private static ModelOptions populate(List<String> arguments) {
    return requireNonNull(
        CommandLine.populateCommand(new ModelOptions(), arguments.toArray(String[]::new)));
  }
}
