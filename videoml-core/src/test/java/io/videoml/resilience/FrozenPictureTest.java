package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Pictures of 160×120, five a second, against a limit of 5 s. */
class FrozenPictureTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final long FRAME_NANOS = Duration.ofMillis(200).toNanos();

  private final FrozenPicture picture = new FrozenPicture(Duration.ofSeconds(5));
  private long now = -3 * FRAME_NANOS; // clocks of this kind start anywhere

  @Test
  void frozen_identicalPictures_afterTheLimit() {
    for (int i = 0; i < 25; i++) {
      assertThat(look(FrozenPictureTest::slope)).as("after %d frames", i).isFalse();
    }

    assertThat(look(FrozenPictureTest::slope)).isTrue();
    assertThat(picture.changed()).isFalse();
  }

  @Test
  void frozen_encodedAnew_isStillFrozen() {
    Random random = new Random(1);
    for (int i = 0; i < 25; i++) {
      look((x, y) -> slope(x, y) + random.nextInt(3) - 1); // each level off by one, at most
    }

    assertThat(look(FrozenPictureTest::slope)).isTrue();
  }

  @Test
  void frozen_somethingMoves_isFalse() {
    for (int i = 0; i < 100; i++) {
      int left = i % 100;
      assertThat(look((x, y) -> x >= left && x < left + 40 ? 220 : slope(x, y))).isFalse();
    }
    assertThat(picture.changed()).isTrue();
  }

  @Test
  void frozen_noiseOfASensor_isFalse() {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      assertThat(look((x, y) -> slope(x, y) + (int) Math.round(random.nextGaussian() * 2)))
          .isFalse();
    }
  }

  @Test
  void frozen_afterAChange_countsFromIt() {
    for (int i = 0; i < 20; i++) {
      look(FrozenPictureTest::slope);
    }
    for (int i = 0; i < 25; i++) {
      assertThat(look((x, y) -> 200 - slope(x, y))).as("after %d frames", i).isFalse();
    }

    assertThat(look((x, y) -> 200 - slope(x, y))).isTrue();
  }

  @Test
  void frozen_afterForgetting_countsAnew() {
    for (int i = 0; i < 25; i++) {
      look(FrozenPictureTest::slope);
    }
    picture.forget();

    assertThat(look(FrozenPictureTest::slope)).isFalse();
  }

  @Test
  void frozen_anotherSize_isAnotherPicture() {
    for (int i = 0; i < 25; i++) {
      look(FrozenPictureTest::slope);
    }

    try (OwnedFrame frame = frame(WIDTH / 2, HEIGHT / 2, FrozenPictureTest::slope)) {
      now += FRAME_NANOS;
      assertThat(picture.frozen(frame, now)).isFalse();
    }
    assertThat(picture.changed()).isTrue();
  }

  @Test
  void frozen_tinyOrColouredPictures_areLookedAtToo() {
    FrozenPicture quick = new FrozenPicture(Duration.ofMillis(200));
    FrameInfo tiny = info(1, 1, PixelFormat.GRAY8);
    FrameInfo coloured = info(3, 2, PixelFormat.BGR24);

    try (OwnedFrame grey = Frame.of(tiny, new byte[1]);
        OwnedFrame colour = Frame.of(coloured, new byte[18])) {
      assertThat(quick.frozen(grey, 0)).isFalse();
      assertThat(quick.frozen(grey, FRAME_NANOS)).isTrue();
      assertThat(quick.frozen(colour, 2 * FRAME_NANOS)).isFalse();
      assertThat(quick.frozen(colour, 3 * FRAME_NANOS)).isTrue();
    }
  }

  private boolean look(IntBinaryOperator levels) {
    try (OwnedFrame frame = frame(WIDTH, HEIGHT, levels)) {
      now += FRAME_NANOS;
      return picture.frozen(frame, now);
    }
  }

  private static int slope(int x, int y) {
    return 40 + (x + y) / 2;
  }

  private static OwnedFrame frame(int width, int height, IntBinaryOperator levels) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) levels.applyAsInt(i % width, i / width);
    }
    return Frame.of(info(width, height, PixelFormat.GRAY8), pixels);
  }

  private static FrameInfo info(int width, int height, PixelFormat format) {
    return FrameInfo.of(0, width, height, format, FrameTime.arrivingNow(Duration.ZERO));
  }
}
