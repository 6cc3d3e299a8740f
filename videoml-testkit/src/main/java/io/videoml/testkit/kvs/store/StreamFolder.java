package io.videoml.testkit.kvs.store;

import io.videoml.testkit.kvs.media.FragmentFacts;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A stream in a folder: {@code stream.properties}, and for each fragment its document, {@code
 * NUMBER.mkv}, and {@code NUMBER.properties}, which is written last and makes it count.
 */
final class StreamFolder {
  private static final String STREAM = "stream.properties";
  private static final String FACTS = ".properties";
  private static final String TAG = "tag.";

  private final Path folder;

  private StreamFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the folder of a stream; the prefix keeps names such as {@code ..} harmless. */
  static StreamFolder of(Path root, String stream) throws IOException {
    return new StreamFolder(Files.createDirectories(root.resolve("stream-" + stream)));
  }

  static List<StreamFolder> all(Path root) throws IOException {
    try (Stream<Path> found = Files.list(root)) {
      return found
          .filter(path -> Files.isRegularFile(path.resolve(STREAM)))
          .sorted()
          .map(StreamFolder::new)
          .toList();
    }
  }

  void save(StreamInfo info) throws IOException {
    Properties facts = new Properties();
    facts.setProperty("name", info.name());
    facts.setProperty("arn", info.arn());
    facts.setProperty("mediaType", info.mediaType());
    facts.setProperty("created", info.created().toString());
    facts.setProperty("version", info.version());
    facts.setProperty("retentionHours", Integer.toString(info.retentionHours()));
    info.tags().forEach((name, value) -> facts.setProperty(TAG + name, value));
    write(STREAM, facts);
  }

  StreamInfo info() throws IOException {
    Properties facts = read(folder.resolve(STREAM));
    Map<String, String> tags = new HashMap<>();
    for (String key : facts.stringPropertyNames()) {
      if (key.startsWith(TAG)) {
        tags.put(key.substring(TAG.length()), value(facts, key));
      }
    }
    return new StreamInfo(
        value(facts, "name"),
        value(facts, "arn"),
        value(facts, "mediaType"),
        Instant.parse(value(facts, "created")),
        value(facts, "version"),
        Integer.parseInt(value(facts, "retentionHours")),
        tags);
  }

  StoredFragment save(FragmentFacts fragment, byte[] document) throws IOException {
    Files.write(file(fragment.number()), document);
    Properties facts = new Properties();
    facts.setProperty("number", fragment.number());
    facts.setProperty("serverTime", fragment.serverTime().toString());
    facts.setProperty("producerTime", fragment.producerTime().toString());
    facts.setProperty("timecodeMillis", Long.toString(fragment.timecodeMillis()));
    facts.setProperty("duration", fragment.duration().toString());
    facts.setProperty("verbatim", Boolean.toString(fragment.verbatim()));
    write(fragment.number() + FACTS, facts);
    return stored(fragment);
  }

  /** Returns the fragments that are there, in order. */
  List<StoredFragment> fragments() throws IOException {
    List<StoredFragment> fragments = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found
              .filter(path -> path.getFileName().toString().endsWith(FACTS))
              .filter(path -> !path.getFileName().toString().equals(STREAM))
              .toList();
    }
    for (Path path : files) {
      Properties facts = read(path);
      String number = value(facts, "number");
      fragments.add(
          stored(
              new FragmentFacts(
                  number,
                  Instant.parse(value(facts, "serverTime")),
                  Instant.parse(value(facts, "producerTime")),
                  Long.parseLong(value(facts, "timecodeMillis")),
                  Duration.parse(value(facts, "duration")),
                  Files.size(file(number)),
                  Boolean.parseBoolean(value(facts, "verbatim")))));
    }
    fragments.sort(Comparator.comparing(StoredFragment::number, FragmentNumbers.ORDER));
    return fragments;
  }

  void delete(StoredFragment fragment) throws IOException {
    Files.deleteIfExists(folder.resolve(fragment.number() + FACTS));
    Files.deleteIfExists(file(fragment.number()));
  }

  /** Deletes all of it, what a process that was killed left half-written included. */
  void deleteStream() throws IOException {
    Files.deleteIfExists(folder.resolve(STREAM));
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private StoredFragment stored(FragmentFacts fragment) {
    return new StoredFragment(fragment, () -> Files.readAllBytes(file(fragment.number())));
  }

  private Path file(String number) {
    return folder.resolve(number + ".mkv");
  }

  /** Replaces the file as a whole: a process that ends meanwhile leaves the old one, or none. */
  private void write(String name, Properties facts) throws IOException {
    Path written = folder.resolve(name + ".new");
    try (Writer out = Files.newBufferedWriter(written)) {
      facts.store(out, null);
    }
    Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Properties read(Path file) throws IOException {
    Properties facts = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      facts.load(in);
    }
    return facts;
  }

  private String value(Properties facts, String key) throws IOException {
    String value = facts.getProperty(key);
    if (value == null) {
      throw new IOException("a file of " + folder + " has no " + key + "; remove that stream");
    }
    return value;
  }
}
