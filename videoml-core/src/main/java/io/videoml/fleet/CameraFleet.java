package io.videoml.fleet;

import static java.util.Objects.requireNonNull;

import io.videoml.pipeline.PipelineSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many cameras with one description of a pipeline. Cameras share detectors, by key, and take
 * turns at them by priority; all else is their own: what a camera's source, sampler, listener or
 * sink throws, or how long it blocks, is its own affair. A detector that blocks keeps the turns of
 * those who called it.
 *
 * <p>A camera that ends or fails stays in {@link #status()} until it is removed.
 *
 * <p>Threading: safe, from any thread, listeners included. A thread of one of the cameras does not
 * wait for an end, since it could be its own.
 */
public final class CameraFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CameraFleet.class);

  /** Leaves a quarter of a second of the two that closing may take to a busy machine. */
  private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(1750);

  private final Function<Camera, PipelineSpec> pipeline;
  private final FleetSettings settings;
  private final Turnstile turns;
  private final FleetDetectors detectors;
  private final Launcher launcher = new Launcher();
  private final Map<String, CameraRun> runs = new LinkedHashMap<>(); // guarded by itself
  private boolean closed; // guarded by runs
  private CountDownLatch closing = new CountDownLatch(0); // guarded by runs

  CameraFleet(Function<Camera, PipelineSpec> pipeline, FleetSettings settings) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.turns = new Turnstile(settings.turns(), settings.weights());
    this.detectors = new FleetDetectors(settings);
  }

  /**
   * Starts a fleet's settings.
   *
   * @param pipeline makes a camera's description, of the camera's id and with its source; asked
   *     once for each camera that is added
   */
  public static FleetBuilder of(Function<Camera, PipelineSpec> pipeline) {
    return new FleetBuilder(pipeline);
  }

  /** As {@link #addAll} of one. */
  public void add(Camera camera) {
    addAll(List.of(camera));
  }

  /**
   * Adds cameras and starts them soon, on other threads, those of high priority first; waits for
   * none. One that cannot be started is {@code FAILED}, with the reason.
   *
   * @throws IllegalArgumentException if there is a camera of that id, or its description has
   *     another name or source; none was added then
   * @throws IllegalStateException if the fleet is closed
   */
  public void addAll(Collection<Camera> cameras) {
    List<CameraRun> added = cameras.stream().map(this::describe).toList();
    synchronized (runs) {
      requireOpen();
      Map<String, CameraRun> all = new LinkedHashMap<>(runs);
      for (CameraRun one : added) {
        if (all.putIfAbsent(one.camera().id(), one) != null) {
          throw new IllegalArgumentException(
              "there is a camera of the id "
                  + (one.camera().id() + " already; remove or replace it, or give another id"));
        }
      }
      runs.putAll(all);
    }
    launcher.launch(added);
  }

  /**
   * Ends a camera and forgets it: its status goes, and its metrics are told that it was removed.
   * Waits for its end, for two seconds at the most.
   *
   * @return whether there was one
   */
  public boolean remove(String id) {
    CameraRun old;
    synchronized (runs) {
      old = runs.remove(requireNonNull(id, "id"));
    }
    if (old == null) {
      return false;
    }
    end(old, () -> {});
    return true;
  }

  /**
   * Ends the camera of the same id, as {@link #remove}, and starts this one in its place once that
   * is done.
   *
   * @throws IllegalArgumentException if there is no camera of that id, or the description has
   *     another name or source; nothing has changed then
   * @throws IllegalStateException if the fleet is closed
   */
  public void replace(Camera camera) {
    CameraRun fresh = describe(camera);
    CameraRun old;
    synchronized (runs) {
      requireOpen();
      old = runs.replace(camera.id(), fresh);
    }
    if (old == null) {
      throw new IllegalArgumentException(
          "there is no camera of the id " + camera.id() + " to replace; add it");
    }
    end(old, () -> launcher.launch(List.of(fresh)));
  }

  /** Returns the cameras, in the order in which they were added. */
  public List<Camera> cameras() {
    return all().stream().map(CameraRun::camera).toList();
  }

  /** Returns how all cameras are doing. */
  public FleetStatus status() {
    return new FleetStatus(Instant.now(), all().stream().map(CameraRun::status).toList());
  }

  /**
   * Waits at most so long until no camera runs any more: all have ended, as files do, or failed.
   * True if that is so. An interrupt ends the wait, and stays set.
   */
  public boolean await(Duration time) {
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(time);
    try {
      List<CameraRun> ended = List.of();
      for (List<CameraRun> now = all(); !now.equals(ended); now = all()) { // some may have come
        for (CameraRun run : now) {
          if (!run.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
            return false;
          }
        }
        ended = now;
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends all cameras at once and waits for that, for two seconds at the most; what does not return
   * by then ends when it does. Their status stays. Closing again does no more than to wait.
   */
  @Override
  public void close() {
    List<CameraRun> ending = all();
    CountDownLatch ended;
    synchronized (runs) {
      if (!closed) {
        closed = true;
        ending = List.copyOf(runs.values());
        closing = new CountDownLatch(ending.size());
        launcher.stop();
        ending.forEach(run -> closeAside(run, closing));
      }
      ended = closing;
    }
    if (ending.stream().noneMatch(CameraRun::onOwnThread) && !within(CLOSING_NANOS, ended)) {
      LOG.warn("fleet: closed, but {} cameras have not ended", ended.getCount());
    }
  }

  private static void closeAside(CameraRun run, CountDownLatch ended) {
    Threads.start(
        "videoml-" + run.camera().id() + "-closer",
        () -> {
          try {
            run.close();
          } finally {
            ended.countDown();
          }
        });
  }

  private static boolean within(long nanos, CountDownLatch latch) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends a camera, then does the rest: on this thread, unless others could wait for it. */
  private void end(CameraRun old, Runnable then) {
    Runnable work =
        () -> {
          old.remove();
          then.run();
        };
    if (all().stream().anyMatch(CameraRun::onOwnThread) || old.onOwnThread()) {
      Threads.start("videoml-" + old.camera().id() + "-closer", work);
    } else {
      work.run();
    }
  }

  private CameraRun describe(Camera camera) {
    requireNonNull(camera, "camera");
    CameraHost host =
        new CameraHost(camera.priority(), freshNanos(camera), turns, detectors, settings.onEvent());
    return new CameraRun(camera, spec(camera), host);
  }

  /** Live frames grow old; others are waiting to be read, at no loss. */
  private long freshNanos(Camera camera) {
    Duration age = settings.freshness().get(camera.priority());
    return age == null || !camera.source().live()
        ? Long.MAX_VALUE
        : TimeUnit.NANOSECONDS.convert(age);
  }

  private Supplier<PipelineSpec> spec(Camera camera) {
    PipelineSpec spec;
    try {
      spec = pipeline.apply(camera);
    } catch (RuntimeException e) {
      return () -> {
        throw e; // when it is started: it keeps no other camera from being added
      };
    }
    requireNonNull(spec, "the description of a camera's pipeline is null");
    if (!spec.name().equals(camera.id()) || !spec.source().equals(camera.source())) {
      throw new IllegalArgumentException(
          "the pipeline of camera %s is named %s and reads %s; name it camera.id() and have it read camera.source(), which is %s"
              .formatted(camera.id(), spec.name(), spec.source().id(), camera.source().id()));
    }
    return () -> spec;
  }

  private List<CameraRun> all() {
    synchronized (runs) {
      return List.copyOf(runs.values());
    }
  }

  /** Called with the lock. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the fleet is closed; start another");
    }
  }
}
