package io.videoml.kvs.produce;

import io.videoml.kvs.produce.WriterSettings.SpoolSettings;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of fragments that are not stored yet, one file each, which comes to be under its name
 * when it is whole. The name says its number, and whether the service may hold it already.
 *
 * <p>Threading: any, but one at a time for one fragment.
 */
final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final Pattern NAME = Pattern.compile("(\\d{19})(\\.sent)?\\.mkv");
  private static final String UNFINISHED = ".part";
  private static final String DAMAGED = ".damaged";

  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet(); // used in this process

  private final Path directory;
  private final Path real;
  private final boolean sync;
  private final long bytes;
  private final FileChannel lockFile;
  private final FileLock lock;

  private Spool(SpoolSettings settings, FileChannel lockFile, FileLock lock, Path real) {
    this.real = real;
    this.directory = Path.of(settings.directory());
    this.sync = settings.sync();
    this.bytes = settings.bytes();
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * @throws SourceException if the directory cannot be used, or another writer uses it
   */
  static Spool open(SpoolSettings settings, String who) {
    Path directory = Path.of(settings.directory());
    FileChannel file = null;
    Path real = null;
    try {
      Files.createDirectories(directory);
      real = directory.toRealPath();
      if (!HERE.add(real)) { // closing a second channel would give up the lock of the first
        throw inUse(who, directory);
      }
      file =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = file.tryLock();
      if (lock != null) {
        return new Spool(settings, file, lock, real);
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{}: this process holds the lock", who, e);
    } catch (IOException e) {
      giveBack(file, real);
      throw new SourceException(
          Kind.CONFIGURATION, who, "the spool's directory cannot be used: " + e.getMessage(), e);
    }
    giveBack(file, real);
    throw inUse(who, directory);
  }

  private static SourceException inUse(String who, Path directory) {
    return new SourceException(
        Kind.CONFIGURATION,
        who,
        "another writer uses the spool's directory; give each its own, was " + directory);
  }

  private static void giveBack(@Nullable FileChannel file, @Nullable Path real) {
    closeQuietly(file);
    if (real != null) {
      HERE.remove(real);
    }
  }

  /** Returns how much it may hold. */
  long capacity() {
    return bytes;
  }

  /** Returns what an earlier writer left, in order; files that cannot be used are put aside. */
  List<Fragment> scan(Consumer<ProducerEvent> events) throws IOException {
    List<Fragment> found = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    byte[] header = {};
    for (Path file : files) {
      String name = file.getFileName().toString();
      Matcher parts = NAME.matcher(name);
      if (name.endsWith(UNFINISHED)) {
        Files.deleteIfExists(file);
        events.accept(new ProducerEvent.SpoolProblem(name, "it was not finished"));
      } else if (parts.matches()) {
        try {
          Fragment fragment = SpoolFile.open(file, Long.parseLong(parts.group(1)), header);
          fragment.maybeStored = parts.group(2) != null;
          header = fragment.header;
          found.add(fragment);
        } catch (IOException | NumberFormatException e) {
          putAside(file, String.valueOf(e.getMessage()), events);
        }
      }
    }
    return found;
  }

  void write(Fragment fragment, List<byte[]> pieces, boolean sent) throws IOException {
    Path part = directory.resolve(name(fragment, false) + UNFINISHED);
    try {
      SpoolFile.write(part, fragment, pieces, sync);
      Files.move(part, directory.resolve(name(fragment, sent)), StandardCopyOption.ATOMIC_MOVE);
      if (sync) {
        syncDirectory();
      }
    } catch (IOException e) {
      Files.deleteIfExists(part);
      delete(fragment); // else another writer would find what nobody knows to be there
      throw e;
    }
  }

  /** Notes that the service may hold it from now on. */
  void sent(Fragment fragment) throws IOException {
    Path plain = directory.resolve(name(fragment, false));
    if (Files.exists(plain)) {
      Files.move(plain, directory.resolve(name(fragment, true)), StandardCopyOption.ATOMIC_MOVE);
      if (sync) {
        syncDirectory();
      }
    }
  }

  byte[] read(Fragment fragment) throws IOException {
    return SpoolFile.media(file(fragment));
  }

  void delete(Fragment fragment) throws IOException {
    Files.deleteIfExists(directory.resolve(name(fragment, false)));
    Files.deleteIfExists(directory.resolve(name(fragment, true)));
  }

  /** Work on the disk. */
  interface Work {
    void run() throws IOException;
  }

  /** Returns whether it worked; else that is reported. */
  boolean works(Fragment fragment, String problem, Consumer<ProducerEvent> events, Work work) {
    try {
      work.run();
      return true;
    } catch (IOException e) {
      events.accept(
          new ProducerEvent.SpoolProblem(
              "fragment " + fragment.sequence, problem + ": " + e.getMessage()));
      return false;
    }
  }

  /** Puts a damaged file out of the way, for somebody to look at. */
  void putAside(Fragment fragment, String reason, Consumer<ProducerEvent> events) {
    putAside(file(fragment), reason, events);
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      LOG.warn("a spool's lock was not released", e);
    }
    giveBack(lockFile, real);
  }

  private void putAside(Path file, String reason, Consumer<ProducerEvent> events) {
    String name = file.getFileName().toString();
    try {
      Files.move(file, directory.resolve(name + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("a damaged file of a spool, {}, stays where it is", name, e);
    }
    events.accept(new ProducerEvent.SpoolProblem(name, reason));
  }

  private Path file(Fragment fragment) {
    Path sent = directory.resolve(name(fragment, true));
    return Files.exists(sent) ? sent : directory.resolve(name(fragment, false));
  }

  /** Waits for the disk, even if the thread is interrupted, which closes channels. */
  private void syncDirectory() throws IOException {
    boolean interrupted = false;
    for (boolean again = true; again; ) {
      interrupted |= Thread.interrupted();
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
        again = false;
      } catch (ClosedByInterruptException e) {
        LOG.debug("interrupted while the disk was at it", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String name(Fragment fragment, boolean sent) {
    return "%019d%s.mkv".formatted(fragment.sequence, sent ? ".sent" : "");
  }

  private static void closeQuietly(@Nullable FileChannel file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.debug("a spool's lock file did not close", e);
    }
  }
}
