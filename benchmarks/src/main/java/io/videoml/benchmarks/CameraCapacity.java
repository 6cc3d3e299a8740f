package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.SleepSettings;
import io.videoml.frame.Frame;
import io.videoml.sampling.FrameSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How many cameras that send at their own pace one machine takes: one after the other is added,
 * until frames come late. Each has a thread and a motion sampler.
 */
final class CameraCapacity {
  private static final long LATE_NANOS = Duration.ofMillis(500).toNanos();
  private static final double TOLERATED = 0.02;

  private final Path footage;
  private final boolean quick;

  CameraCapacity(Path footage, boolean quick) {
    this.footage = footage;
    this.quick = quick;
  }

  /** Processor time of eight sleeping cameras, and how many are held. */
  List<Ratio> compare() {
    int number = quick ? 2 : 6;
    double asleep = cost(DecodeDemand.MOVING, number);
    double awake = cost(DecodeDemand.ALL, number);
    int mostAwake = most(DecodeDemand.ALL, awake);
    int mostAsleep = most(DecodeDemand.MOVING, asleep);
    return List.of(
        new Ratio("8 sleeping 1080p cameras, against one awake", 8 * asleep, awake, "CPU s/s", 1),
        new Ratio("8 x cameras held awake, against asleep", 8 * mostAwake, mostAsleep, "", 1));
  }

  /**
   * Returns processor seconds for a second of a camera's time, whether it keeps its pace or not: a
   * busy machine changes nothing.
   */
  private double cost(DecodeDemand demand, int number) {
    try (Cameras cameras = new Cameras()) {
      for (int i = 0; i < number; i++) {
        cameras.add(demand);
        pause(Duration.ofMillis(300));
      }
      pause(Duration.ofSeconds(quick ? 3 : 6));
      double start = Cpu.processSeconds();
      long mediaStart = cameras.mediaNanos.get();
      pause(Duration.ofSeconds(quick ? 3 : 20));
      double mediaSeconds = (cameras.mediaNanos.get() - mediaStart) / 1e9;
      return (Cpu.processSeconds() - start) / mediaSeconds;
    }
  }

  /**
   * Returns the most cameras whose frames are in time, a few seconds after the last was added.
   *
   * @param cost processor seconds a second that one is expected to take
   */
  private int most(DecodeDemand demand, double cost) {
    double expected = Runtime.getRuntime().availableProcessors() / cost;
    int step = quick ? 1 : (int) Math.max(1, expected / 20);
    int number = quick ? 1 : (int) Math.max(1, expected / 2);
    int limit = quick ? 2 : 2000;
    int held = 0;
    try (Cameras cameras = new Cameras()) {
      for (; number <= limit; number += step) {
        while (cameras.size() < number) {
          cameras.add(demand);
          pause(Duration.ofMillis(quick ? 20 : 600));
        }
        if (!cameras.inTime()) {
          return held;
        }
        held = number;
      }
    }
    return held;
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Cameras that run. */
  private final class Cameras implements AutoCloseable {
    private final List<FrameReader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong lateFrames = new AtomicLong();
    private final AtomicLong mediaNanos = new AtomicLong();

    void add(DecodeDemand demand) {
      FfmpegSource source =
          FfmpegSource.builder(footage)
              .realTime()
              .sleep(SleepSettings.builder().stayAwake(Duration.ofSeconds(1)).build())
              .build();
      FrameReader reader = source.open(Optional.empty(), demand);
      Thread thread = new Thread(() -> read(reader), "camera-" + readers.size());
      thread.setDaemon(true);
      readers.add(reader);
      threads.add(thread);
      thread.start();
    }

    private void read(FrameReader reader) {
      FrameSampler motion = FrameSampler.motion();
      Clock clock = new Clock();
      try {
        while (reader.tryAdvance(frame -> take(frame, motion, clock))) {}
      } catch (SourceException e) {
        if (e.kind() != SourceException.Kind.CLOSED) {
          throw e;
        }
      }
    }

    private void take(Frame frame, FrameSampler motion, Clock clock) {
      motion.decide(frame);
      long due = frame.info().time().pts().toNanos();
      long now = System.nanoTime();
      if (clock.startNanos == 0) {
        clock.startNanos = now - due;
      }
      mediaNanos.addAndGet(due - clock.mediaNanos);
      clock.mediaNanos = due;
      frames.incrementAndGet();
      if (now - clock.startNanos - due > LATE_NANOS) {
        lateFrames.incrementAndGet();
      }
    }

    int size() {
      return readers.size();
    }

    /** Returns whether frames are in time; a delay may be the doing of a neighbour, once. */
    boolean inTime() {
      for (int attempt = 0; attempt < 2; attempt++) {
        if (inTimeSoon()) {
          return true;
        }
      }
      return false;
    }

    /** Looks after a while in which they can catch up. */
    private boolean inTimeSoon() {
      pause(Duration.ofSeconds(quick ? 1 : 7));
      frames.set(0);
      lateFrames.set(0);
      pause(Duration.ofSeconds(quick ? 1 : 5));
      return lateFrames.get() <= TOLERATED * frames.get();
    }

    @Override
    public void close() {
      readers.forEach(FrameReader::close);
      for (Thread thread : threads) {
        try {
          thread.join(5000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** When one camera's first frame came, and the media time of its last. */
  private static final class Clock {
    private long startNanos;
    private long mediaNanos;
  }
}
