package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.Plane;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.MotionSampler;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.testkit.TestClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real footage, held still under noise but for events of 1, 2, 5 and 20 seconds, encoded as cameras
 * do: a motion sampler finds the same asleep as awake.
 */
class SleepFootageTest {
  private static final int[] EVENT_SECONDS = {1, 2, 5, 20};
  private static final int HOLD_SECONDS = 10;
  private static final int MOST_PICTURES = 400;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "one-by-one-person-detection.mp4, 10, 1",
    "one-by-one-person-detection.mp4, 10, 2",
    "car-detection.mp4, 12.5, 1",
    "car-detection.mp4, 12.5, 2"
  })
  void sample_eventsInStillFootage_findsWhatItFindsAwake(String name, double rate, int gopSeconds) {
    TestClip clip = footage(SharedData.video(name), rate).withGop((int) (gopSeconds * rate));
    Path file = Clips.encode(clip, directory.resolve("a.mp4"), "libopenh264", /* bFrames= */ 0);

    Kept awake = sample(file, DecodeDemand.ALL);
    Kept asleep = sample(file, DecodeDemand.MOVING);

    long found =
        awake.indices().stream()
            .filter(index -> !asleep.indices().subSet(index - 1, true, index + 1, true).isEmpty())
            .count();
    System.out.printf(
        "%s, key frame every %d s: kept awake %d, found asleep %d, kept asleep %d, decoded %d of %d%n",
        name,
        gopSeconds,
        awake.indices().size(),
        found,
        asleep.indices().size(),
        asleep.delivered(),
        awake.delivered());
    assertThat(awake.indices()).hasSizeGreaterThan(5);
    assertThat(found).isGreaterThanOrEqualTo(Math.round(0.99 * awake.indices().size()));
    assertThat(asleep.indices().size()).isLessThanOrEqualTo(awake.indices().size() * 21 / 20);
    assertThat(asleep.delivered()).isLessThan(awake.delivered());
  }

  private record Kept(NavigableSet<Long> indices, int delivered) {}

  private static Kept sample(Path file, DecodeDemand demand) {
    FrameSampler motion = MotionSampler.builder().build();
    NavigableSet<Long> kept = new TreeSet<>();
    int delivered = 0;
    try (FrameReader reader = FfmpegSource.of(file).open(Optional.empty(), demand)) {
      while (reader.tryAdvance(
          frame -> {
            if (motion.decide(frame).keep()) {
              kept.add(frame.info().index());
            }
          })) {
        delivered++;
      }
    }
    return new Kept(kept, delivered);
  }

  /** Halves the size, and holds the first frame, and the last of each event. */
  private static TestClip footage(Path video, double rate) {
    List<byte[]> pictures = new ArrayList<>();
    int[] size = new int[2];
    try (FrameReader reader = FfmpegSource.of(video).open()) {
      while (pictures.size() < MOST_PICTURES
          && reader.tryAdvance(frame -> pictures.add(halved(frame, size)))) {}
    }
    List<Integer> shown = new ArrayList<>();
    hold(shown, 0, rate);
    int at = 0;
    for (int event = 0; at < pictures.size() - 1; event++) {
      double seconds = EVENT_SECONDS[event % EVENT_SECONDS.length];
      for (int i = 0; i < seconds * rate && at < pictures.size() - 1; i++) {
        shown.add(++at);
      }
      hold(shown, at, rate);
    }
    return new TestClip(
        size[0],
        size[1],
        shown.size(),
        rate,
        (int) rate,
        (frame, x, y) -> {
          int level = pictures.get(shown.get(frame))[y * size[0] + x] & 0xff;
          return Math.max(0, Math.min(255, level + noise(frame, x, y)));
        });
  }

  private static void hold(List<Integer> shown, int picture, double rate) {
    for (int i = 0; i < HOLD_SECONDS * rate; i++) {
      shown.add(picture);
    }
  }

  private static byte[] halved(Frame frame, int[] size) {
    Plane luma = frame.plane(0);
    size[0] = luma.rowBytes() / 4 * 2;
    size[1] = luma.rows() / 4 * 2;
    byte[] picture = new byte[size[0] * size[1]];
    for (int i = 0; i < picture.length; i++) {
      int x = 2 * (i % size[0]);
      int y = 2 * (i / size[0]);
      picture[i] = luma.data().get(y * luma.rowStride() + x);
    }
    return picture;
  }

  /** From -6 to 6, other in each frame. */
  private static int noise(int frame, int x, int y) {
    int mixed = frame * 1_000_003 + y * 1009 + x;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return Math.floorMod(mixed ^ mixed >>> 16, 13) - 6;
  }
}
