package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContinuityTest {
  private static final long HOUR = 3_600_000;
  private final Continuity camera = new Continuity(/* endless= */ true);
  private final Continuity file = new Continuity(/* endless= */ false);

  @Test
  void place_oneConnection_leavesFramesAsTheyAre() {
    for (int i = 0; i < 5; i++) {
      FrameInfo frame = frame(i, i * 40, 1000 + i * 40);
      assertThat(camera.place(frame)).isSameAs(frame);
      assertThat(camera.moves()).isFalse();
    }
  }

  @Test
  void place_afterAReconnect_goesOnByTheTimeThatPassed() {
    camera.place(frame(0, 0, 1000));
    camera.place(frame(1, 40, 1040));
    camera.reopened(/* frames= */ 5, /* atPosition= */ false); // three were passed over

    FrameInfo first = camera.place(frame(0, 0, 9040));
    FrameInfo second = camera.place(frame(1, 40, 9080));

    assertPlaced(first, 5, 8040);
    assertPlaced(second, 6, 8080);
    assertThat(camera.moves()).isTrue();
    assertThat(first.time().captured()).isEqualTo(Instant.EPOCH); // the camera's word
    assertThat(first.time().capturedFrom()).isEqualTo(CaptureClock.RTCP_SENDER);
  }

  @Test
  void place_reconnectAtOnce_stillMovesOn() {
    camera.place(frame(0, 0, 1000));
    camera.reopened(1, false);

    assertPlaced(camera.place(frame(0, 0, 1000)), 1, 1);
  }

  @Test
  void place_resumedWithTimesOfItsOwn_keepsThem() {
    file.place(frame(0, 0, 1000));
    file.place(frame(1, 40, 1001));
    file.reopened(2, /* atPosition= */ true);

    assertPlaced(file.place(frame(2, 80, 5000)), 2, 80);
    assertThat(file.moves()).isFalse();
  }

  @Test
  void place_resumedButCountedFromZero_countsOn() {
    file.place(frame(0, 0, 1000));
    file.place(frame(1, 40, 1001));
    file.reopened(2, /* atPosition= */ true);

    assertPlaced(file.place(frame(0, 80, 5000)), 2, 80);
    assertPlaced(file.place(frame(1, 120, 5001)), 3, 120);
  }

  @Test
  void place_resumedEndlessAfterAJump_keepsToTheCorrectedTimes() {
    camera.place(frame(0, 0, 1000));
    camera.place(frame(1, HOUR, 1040)); // corrected to 40
    camera.reopened(2, /* atPosition= */ true);

    assertPlaced(camera.place(frame(2, HOUR + 2000, 3040)), 2, 2040);
  }

  @Test
  void place_resumedEndlessFarAhead_goesOnByTheTimeThatPassed() {
    camera.place(frame(0, 0, 1000));
    camera.reopened(1, /* atPosition= */ true);

    assertPlaced(camera.place(frame(0, HOUR, 3000)), 1, 2000);
  }

  @Test
  void place_cameraSetsItsClockAhead_leavesNoTrace() {
    camera.place(frame(0, 0, 1000));
    assertPlaced(camera.place(frame(1, HOUR + 40, 1040)), 1, 40);
    assertPlaced(camera.place(frame(2, HOUR + 80, 1080)), 2, 80);
    assertPlaced(camera.place(frame(3, 2 * HOUR + 120, 1120)), 3, 120);
  }

  @Test
  void place_cameraSetsItsClockBack_leavesNoTrace() {
    camera.place(frame(0, 2 * HOUR, 1000));
    assertPlaced(camera.place(frame(1, HOUR + 40, 1040)), 1, 2 * HOUR + 40);
    assertPlaced(camera.place(frame(2, HOUR + 80, 1080)), 2, 2 * HOUR + 80);
  }

  @Test
  void place_pauseOfTheCamera_isNoJump() {
    camera.place(frame(0, 0, 1000));
    FrameInfo late = frame(1, 60_000, 61_000);

    assertThat(camera.place(late)).isSameAs(late);
  }

  @Test
  void place_jumpInAFile_isTheFilesOwn() {
    file.place(frame(0, 0, 1000));
    FrameInfo jumped = frame(1, HOUR, 1001);
    FrameInfo back = frame(2, 5, 1002);

    assertThat(file.place(jumped)).isSameAs(jumped);
    assertThat(file.place(back)).isSameAs(back);
  }

  @Test
  void place_framesThatSomebodyLost_areNotCountedTwice() {
    camera.place(frame(0, 0, 1000));
    camera.place(frame(7, 280, 1280)); // the source counted six that it never delivered
    camera.reopened(2, false);

    assertPlaced(camera.place(frame(0, 0, 2280)), 8, 1280);
  }

  /** What happens next: a frame, or another connection before it. */
  record Step(boolean reopened, boolean atPosition, long ptsMillis, long waitMillis) {}

  @Property
  void place_whateverHappens_neverGoesBack(@ForAll("steps") List<Step> steps) {
    long arrival = 1000;
    long index = 0;
    long delivered = 0;
    FrameInfo before = null;
    for (Step step : steps) {
      if (step.reopened) {
        camera.reopened(delivered, step.atPosition);
        index = 0;
      }
      arrival += step.waitMillis;
      FrameInfo placed = camera.place(frame(index, step.ptsMillis, arrival));
      index++;
      delivered++;
      if (before != null) {
        long moved = millis(placed) - millis(before);
        assertThat(placed.time().pts()).isGreaterThanOrEqualTo(before.time().pts());
        assertThat(moved).isLessThanOrEqualTo(step.waitMillis + 10_001);
        assertThat(placed.index()).isGreaterThan(before.index());
      }
      assertThat(placed.time().pts().isNegative()).isFalse();
      before = placed;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(4, false), net.jqwik.api.Tuple.of(1, true)),
            Arbitraries.of(true, false),
            Arbitraries.longs().between(0, 3 * HOUR),
            Arbitraries.longs().between(0, 20_000))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  private static void assertPlaced(FrameInfo frame, long index, long ptsMillis) {
    assertThat(frame.index()).isEqualTo(index);
    assertThat(millis(frame)).isEqualTo(ptsMillis);
  }

  private static long millis(FrameInfo frame) {
    return frame.time().pts().toMillis();
  }

  private static FrameInfo frame(long index, long ptsMillis, long arrivalMillis) {
    return FrameInfo.of(
        index,
        64,
        48,
        PixelFormat.GRAY8,
        new FrameTime(
            Duration.ofMillis(ptsMillis),
            Instant.EPOCH,
            CaptureClock.RTCP_SENDER,
            arrivalMillis * 1_000_000));
  }
}
