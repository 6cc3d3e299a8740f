package io.videoml.testkit.kvs.store;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.media.DocumentShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All streams of a stand-in.
 *
 * <p>Threading: all methods from any thread.
 */
public final class StreamStore implements AutoCloseable {
  /** What the service takes as a name. */
  public static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");

  private final String region;
  private final Retention retention;
  private final DocumentShape shape;
  private final @Nullable Path directory;
  private final @Nullable FolderLock lock;
  private final Map<String, StoredStream> streams = new TreeMap<>();

  private StreamStore(
      String region, Retention retention, DocumentShape shape, @Nullable Path directory)
      throws IOException {
    this.region = region;
    this.retention = retention;
    this.shape = shape;
    this.directory = directory;
    this.lock = directory == null ? null : FolderLock.of(Files.createDirectories(directory));
  }

  /** Keeps everything in memory. */
  public static StreamStore inMemory(String region, Retention retention, DocumentShape shape)
      throws IOException {
    return new StreamStore(
        requireNonNull(region, "region"),
        requireNonNull(retention, "retention"),
        requireNonNull(shape, "shape"),
        null);
  }

  /** Keeps media in a folder, which is made if need be, and starts with what is there. */
  public static StreamStore in(
      Path directory, String region, Retention retention, DocumentShape shape) throws IOException {
    StreamStore store =
        new StreamStore(
            requireNonNull(region, "region"),
            requireNonNull(retention, "retention"),
            requireNonNull(shape, "shape"),
            directory);
    try {
      store.load(directory);
    } catch (IOException e) {
      store.close();
      throw e;
    }
    return store;
  }

  private synchronized void load(Path from) throws IOException {
    for (StreamFolder folder : StreamFolder.all(from)) {
      StreamInfo info = folder.info();
      streams.put(
          info.name(), new StoredStream(info, retention, shape, folder, folder.fragments()));
    }
  }

  /** Lets others use the folder; what is in it stays. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  /**
   * Makes a stream.
   *
   * @return empty if there is one of that name
   * @throws IllegalArgumentException if the service would not take the name
   */
  public synchronized Optional<StoredStream> create(
      String name, String mediaType, int retentionHours, Map<String, String> tags, Instant now)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a stream's name has 1 to 256 of a-z A-Z 0-9 _ . - , was " + name);
    }
    if (streams.containsKey(name)) {
      return Optional.empty();
    }
    String arn =
        "arn:aws:kinesisvideo:%s:123456789012:stream/%s/%d"
            .formatted(region, name, now.toEpochMilli());
    StreamInfo info = new StreamInfo(name, arn, mediaType, now, "v1", retentionHours, tags);
    StreamFolder folder = null;
    if (directory != null) {
      folder = StreamFolder.of(directory, name);
      folder.save(info);
    }
    StoredStream stream = new StoredStream(info, retention, shape, folder, List.of());
    streams.put(name, stream);
    return Optional.of(stream);
  }

  /** Returns a stream by its name or ARN. */
  public synchronized Optional<StoredStream> find(String nameOrArn) {
    StoredStream byName = streams.get(nameOrArn);
    return byName != null
        ? Optional.of(byName)
        : streams.values().stream()
            .filter(stream -> stream.info().arn().equals(nameOrArn))
            .findFirst();
  }

  /** Returns all, by name. */
  public synchronized List<StoredStream> all() {
    return new ArrayList<>(streams.values());
  }

  /** Deletes a stream and its media. */
  public synchronized void delete(StoredStream stream) throws IOException {
    streams.remove(stream.info().name());
    stream.delete();
  }
}
