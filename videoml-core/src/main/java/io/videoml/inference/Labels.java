package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names of a model's classes, by id.
 *
 * @param names from class 0 on
 */
public record Labels(List<String> names) {
  private static final String COCO =
      "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,"
          + "stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,"
          + "backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,"
          + "baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,"
          + "fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,"
          + "cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,"
          + "cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,"
          + "teddy bear,hair drier,toothbrush";

  /** An optional key and a quoted string, as they follow each other in a Python or JSON literal. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:[\"']?(\\d{1,5})[\"']?\\s*:\\s*)?"
              + "(?:'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\")");

  public Labels {
    names = List.copyOf(requireNonNull(names, "names"));
    if (names.isEmpty()) {
      throw new IllegalArgumentException("at least one label is needed");
    }
  }

  /** Returns the 80 classes of the COCO detection task. */
  public static Labels coco() {
    return new Labels(List.of(COCO.split(",")));
  }

  /** Returns the ids themselves as names. */
  public static Labels numbers(int classes) {
    return new Labels(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * Reads a UTF-8 text file with one label a line; spaces around it and empty lines at the end do
   * not count.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no label
   */
  public static Labels read(Path file) {
    try {
      List<String> lines =
          new ArrayList<>(Files.readAllLines(file).stream().map(String::strip).toList());
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      if (lines.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no label; it needs one a line");
      }
      return new Labels(lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read labels from " + file + ": " + e, e);
    }
  }

  /**
   * Returns the labels that an exporter wrote into the model as {@code names}: a Python or JSON
   * list, or a dictionary by id. Empty where there are none, or they cannot be read.
   */
  public static Optional<Labels> inMetadata(Map<String, String> metadata) {
    Matcher entry = ENTRY.matcher(metadata.getOrDefault("names", ""));
    List<String> names = new ArrayList<>();
    while (entry.find()) {
      String name = entry.group(2) != null ? entry.group(2) : entry.group(3);
      int id = entry.group(1) == null ? names.size() : Integer.parseInt(entry.group(1));
      while (names.size() <= id) {
        names.add(Integer.toString(names.size())); // ids that the dictionary leaves out
      }
      names.set(id, name.replaceAll("\\\\(.)", "$1"));
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(new Labels(names));
  }

  /** Returns the number of classes. */
  public int size() {
    return names.size();
  }

  /** Returns the name of a class, or its number where it has no name. */
  public String name(int classId) {
    return classId < names.size() ? names.get(classId) : Integer.toString(classId);
  }
}
