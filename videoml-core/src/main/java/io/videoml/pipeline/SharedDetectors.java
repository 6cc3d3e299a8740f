package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.detect.Detector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The detectors of this process, by key; each lives as long as someone holds a lease on it. */
final class SharedDetectors {
  private static final SharedDetectors INSTANCE = new SharedDetectors();

  private final Map<String, Entry> entries = new HashMap<>();

  /** Returns the registry that all pipelines of the process share. */
  static SharedDetectors ofProcess() {
    return INSTANCE;
  }

  /**
   * Returns a lease on the key's detector, made by the stage's factory if there is none. Others who
   * want the same key wait for it; other keys do not.
   */
  Lease acquire(DetectStage stage) {
    Entry entry;
    synchronized (entries) {
      entry = entries.computeIfAbsent(stage.key(), key -> new Entry());
      entry.holders++;
    }
    try {
      return new Lease(stage.key(), entry, entry.detector(stage));
    } catch (RuntimeException | Error e) {
      release(stage.key(), entry);
      throw e;
    }
  }

  /** Returns how many detectors are alive. */
  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private void release(String key, Entry entry) {
    synchronized (entries) {
      entry.holders--;
      if (entry.holders > 0) {
        return;
      }
      entries.remove(key, entry);
    }
    entry.close();
  }

  /** One holder's share of a detector. */
  final class Lease implements AutoCloseable {
    private final String key;
    private final Entry entry;
    private final Detector detector;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(String key, Entry entry, Detector detector) {
      this.key = key;
      this.entry = entry;
      this.detector = detector;
    }

    Detector detector() {
      return detector;
    }

    /** Gives the share back; the last one closes the detector. Closing again does nothing. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release(key, entry);
      }
    }
  }

  private static final class Entry {
    private int holders; // guarded by the registry's map
    private @Nullable Detector detector;

    synchronized Detector detector(DetectStage stage) {
      if (detector == null) {
        detector = requireNonNull(stage.factory().get(), "the factory of the detector made null");
      }
      return detector;
    }

    synchronized void close() {
      if (detector != null) {
        detector.close();
      }
    }
  }
}
