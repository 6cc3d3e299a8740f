package io.videoml.sampling;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.frame.Plane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Streams of any kind: mostly steady, with gaps, repeated times, clocks that go back, damage, and
 * pictures that change or not.
 */
final class FrameSequences {
  private static final int WIDTH = 20;
  private static final int HEIGHT = 12;
  private static final Instant START = Instant.parse("2026-03-27T22:00:00Z");

  private FrameSequences() {}

  /**
   * One frame of a stream, as often as wanted.
   *
   * @param picture which one of a few it shows
   */
  record Shot(FrameInfo info, int picture) {
    /** Returns the frame in rows without padding, on the heap. */
    OwnedFrame packed() {
      return laidOut(/* padding= */ 0, /* direct= */ false);
    }

    /** Returns the same picture with so many bytes of something else after each row. */
    OwnedFrame laidOut(int padding, boolean direct) {
      PixelFormat format = info.format();
      Plane[] planes = new Plane[format.planes()];
      for (int i = 0; i < planes.length; i++) {
        planes[i] = plane(i, padding, direct);
      }
      return Frame.of(info, planes);
    }

    private Plane plane(int index, int padding, boolean direct) {
      int rowBytes = info.format().rowBytes(index, info.width());
      int rows = info.format().rows(index, info.height());
      int stride = rowBytes + padding;
      ByteBuffer data =
          direct ? ByteBuffer.allocateDirect(stride * rows) : ByteBuffer.allocate(stride * rows);
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < stride; x++) {
          data.put(y * stride + x, (byte) (x < rowBytes ? sample(index, x, y) : 7 * x + y));
        }
      }
      return new Plane(data, stride, rowBytes, rows);
    }

    private int sample(int plane, int x, int y) {
      boolean square = plane == 0 && x / 4 == picture && y >= 4 && y < 8;
      return square ? 220 : 60 + x + y;
    }

    long nanos() {
      return info.time().pts().toNanos();
    }

    @Override
    public String toString() {
      return "%d at %s%s%s shows %d"
          .formatted(
              info.index(),
              info.time().pts(),
              info.keyFrame() ? " key" : "",
              info.corrupt() ? " corrupt" : "",
              picture);
    }
  }

  private record Step(long nanos, boolean key, boolean corrupt, int picture) {}

  /** Returns streams of up to 120 frames. */
  static Arbitrary<List<Shot>> any() {
    Arbitrary<Step> steps =
        Combinators.combine(nanos(), trueIn(6), trueIn(30), Arbitraries.integers().between(0, 4))
            .as(Step::new);
    return steps.list().ofMinSize(1).ofMaxSize(120).map(FrameSequences::shots);
  }

  /** Returns whether each frame's time lies before that of the frame before. */
  static boolean goesBack(List<Shot> shots, int index) {
    return index > 0 && shots.get(index).nanos() < shots.get(index - 1).nanos();
  }

  private static Arbitrary<Long> nanos() {
    return Arbitraries.frequencyOf(
        Tuple.of(30, Arbitraries.of(33_000_000L, 33_366_667L, 34_000_000L)),
        Tuple.of(5, Arbitraries.longs().between(50_000_000, 500_000_000)),
        Tuple.of(3, Arbitraries.of(0L, 1L, 999_999L, 100_000_000L)),
        Tuple.of(2, Arbitraries.longs().between(1_000_000_000, 90_000_000_000L)),
        Tuple.of(2, Arbitraries.longs().between(-20_000_000_000L, -1)));
  }

  private static Arbitrary<Boolean> trueIn(int times) {
    return Arbitraries.frequency(Tuple.of(1, true), Tuple.of(times - 1, false));
  }

  private static List<Shot> shots(List<Step> steps) {
    List<Shot> shots = new ArrayList<>();
    Instant captured = START;
    long nanos = 0;
    for (Step step : steps) {
      nanos = Math.max(0, nanos + step.nanos());
      captured = captured.plusNanos(3600 * step.nanos()); // so that hours pass
      FrameTime time =
          new FrameTime(
              Duration.ofNanos(nanos), captured, CaptureClock.PTS_ANCHORED, /* arrivalNanos= */ 0);
      FrameInfo info =
          new FrameInfo(
              shots.size(),
              WIDTH,
              HEIGHT,
              PixelFormat.I420,
              ColorSpace.BT601_LIMITED,
              time,
              /* keyFrame= */ shots.isEmpty() || step.key(),
              step.corrupt(),
              /* decodeNanos= */ 0);
      shots.add(new Shot(info, step.picture()));
    }
    return shots;
  }
}
