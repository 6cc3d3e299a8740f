package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All times in milliseconds since connecting began. */
class PulseTest {
  private static final long START = Long.MAX_VALUE - 1_000_000; // nanoTime may wrap around

  private final Pulse pulse =
      new Pulse(
          Liveness.defaults()
              .bytesWithin(Duration.ofMillis(50))
              .framesWithin(Duration.ofMillis(100))
              .keyFramesWithin(Duration.ofMillis(300))
              .firstFrameWithin(Duration.ofMillis(200)));

  private OptionalLong bytes = OptionalLong.empty();
  private long passed;
  private boolean all = true;

  @Test
  void silence_noFirstFrame_isFoundEvenWhileDataComes() {
    connectAt(0);
    bytes = OptionalLong.of(1);

    assertThat(silence(199)).isEmpty();
    bytes = OptionalLong.of(2);
    assertThat(silence(200)).hasValue("no first frame came within 200 ms");
  }

  @Test
  void silence_noData_isFoundBeforeMissingFrames() {
    bytes = OptionalLong.of(10);
    connectAt(0);
    frameAt(10);
    resumeAt(10);

    assertThat(silence(11)).isEmpty(); // the bytes are new here
    assertThat(silence(60)).isEmpty();
    assertThat(silence(61)).hasValue("no data came for 50 ms");
  }

  @Test
  void silence_dataButNoFrames_isFoundByTheLayerOfFrames() {
    connectAt(0);
    frameAt(10);
    resumeAt(10);
    for (int at = 20; at < 110; at += 10) {
      bytes = OptionalLong.of(at);
      assertThat(silence(at)).as("at %d ms", at).isEmpty();
    }
    bytes = OptionalLong.of(110);

    assertThat(silence(110)).hasValue("no frame came for 100 ms");
  }

  @Test
  void silence_readerThatCannotTellBytes_isJudgedByFramesAlone() {
    connectAt(0);
    frameAt(10);
    resumeAt(10);

    assertThat(silence(109)).isEmpty();
    assertThat(silence(110)).isPresent();
  }

  @Test
  void silence_framesThatArePassedOver_areLife() {
    connectAt(0);
    frameAt(0);
    resumeAt(0);
    for (int at = 90; at < 900; at += 90) {
      passed++;
      assertThat(silence(at)).as("at %d ms", at).isEmpty();
    }

    assertThat(silence(909)).isEmpty();
    assertThat(silence(910)).isPresent();
  }

  @Test
  void silence_onlyKeyFramesDemanded_hasALimitOfItsOwn() {
    all = false;
    connectAt(0);
    frameAt(0);
    resumeAt(0);

    assertThat(silence(299)).isEmpty();
    assertThat(silence(300)).hasValue("no key frame came for 300 ms");
  }

  @Test
  void silence_whileTheHandlerWorks_isNone() {
    connectAt(0);
    frameAt(10);

    assertThat(silence(100_000)).isEmpty();
    pulse.pause(at(100_000)); // the reader has returned
    assertThat(silence(200_000)).isEmpty();
    resumeAt(200_000);
    assertThat(silence(200_000)).isEmpty();
    assertThat(silence(200_099)).isEmpty();
    assertThat(silence(200_100)).hasValue("no frame came for 100 ms");
  }

  @Test
  void silence_waitingInPieces_addsUp() {
    connectAt(0);
    frameAt(0);
    resumeAt(0);
    pulse.pause(at(60)); // as when a handler's own failure passes through
    resumeAt(1060);

    assertThat(silence(1099)).isEmpty();
    assertThat(silence(1100)).isPresent();
  }

  @Test
  void silence_betweenConnections_isNone() {
    connectAt(0);
    frameAt(10);
    resumeAt(10);
    pulse.pause(at(50));

    assertThat(silence(100_000)).isEmpty();
    connectAt(200_000);
    assertThat(silence(200_199)).isEmpty(); // everything begins anew, the first frame included
    assertThat(silence(200_200)).hasValueSatisfying(what -> assertThat(what).contains("first"));
  }

  @Test
  void waitedNanos_standsStillWhileTheHandlerWorks() {
    connectAt(0);
    frameAt(10);
    long before = pulse.waitedNanos();
    resumeAt(5000);
    frameAt(5030);

    assertThat(pulse.waitedNanos() - before).isEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
  }

  private static long at(long millis) {
    return START + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void connectAt(long millis) {
    pulse.connecting(at(millis));
  }

  private void frameAt(long millis) {
    pulse.frame(at(millis));
  }

  private void resumeAt(long millis) {
    pulse.resume(at(millis));
  }

  private Optional<String> silence(long millis) {
    return pulse.silence(at(millis), bytes, passed, all);
  }
}
