package io.videoml.benchmarks.cameras;

import io.videoml.testkit.rtsp.FaultyRtspServer;
import io.videoml.testkit.rtsp.RtspCodec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Makes one camera misbehave in random ways, one after another, for a while each. */
final class RandomFaults implements Runnable {
  private static final int[][] SIZES = {{320, 180}, {640, 360}, {256, 144}};

  private final FaultyRtspServer camera;
  private final Random random;
  private final Map<Fault, Integer> made = new EnumMap<>(Fault.class);
  private volatile boolean ended;

  RandomFaults(FaultyRtspServer camera, long seed) {
    this.camera = camera;
    this.random = new Random(seed);
  }

  /** What can happen to a camera. */
  enum Fault {
    KILLED,
    FROZEN,
    CUT,
    REFUSING,
    LOSING,
    RESIZED,
    RECODED,
    CLOCK_SET
  }

  /** Ends within a few seconds, with the camera as it should be. */
  void end() {
    ended = true;
  }

  synchronized Map<Fault, Integer> made() {
    return new EnumMap<>(made);
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        pause(3000 + random.nextInt(9000));
        if (!ended) {
          Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
          make(fault);
          synchronized (this) {
            made.merge(fault, 1, Integer::sum);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(Fault fault) throws InterruptedException {
    switch (fault) {
      case KILLED -> {
        camera.kill();
        pause(1000 + random.nextInt(3000));
        camera.restart();
      }
      case FROZEN -> {
        camera.freeze();
        pause(1000 + random.nextInt(5000));
        camera.thaw();
      }
      case CUT -> camera.dropConnections();
      case REFUSING -> {
        camera.refuse();
        camera.dropConnections();
        pause(1000 + random.nextInt(3000));
        camera.accept();
      }
      case LOSING -> {
        camera.lose(5);
        pause(3000);
        camera.lose(0);
      }
      case RESIZED -> {
        int[] size = SIZES[random.nextInt(SIZES.length)];
        camera.resize(size[0], size[1]);
      }
      case RECODED -> camera.codec(random.nextBoolean() ? RtspCodec.H264 : RtspCodec.H265);
      case CLOCK_SET -> camera.jumpClock(Duration.ofHours(random.nextBoolean() ? 1 : -1));
    }
  }

  private void pause(long millis) throws InterruptedException {
    for (long left = millis; left > 0 && !ended; left -= 100) {
      Thread.sleep(100);
    }
  }
}
