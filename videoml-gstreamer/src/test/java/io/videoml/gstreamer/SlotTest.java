package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlotTest {
  private static final Settings SETTINGS =
      new Settings(
          "test",
          /* live= */ true,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          DecoderPreference.SOFTWARE,
          /* hardwareRequired= */ false);

  @BeforeAll
  static void needsGStreamer() {
    Gstreamer.assumeElements("appsrc", "identity", "videoconvert");
  }

  @Test
  void put_whileAnotherThreadPulls_replacesWithoutACrashAndWithoutAnEnd() {
    Slot slot = new Slot();
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Boolean> pulling =
        Camera.start(
            () -> {
              boolean ended = false;
              while (!done.get()) {
                assertThat(slot.pull(/* nanos= */ 20_000_000)).isZero();
                ended |= slot.ended();
              }
              return ended;
            });
    for (int i = 0; i < 50; i++) {
      Back back = Back.described(SETTINGS, Redaction.NONE, "identity");
      back.pipe().play();
      slot.put(back);
    }
    slot.put(null);
    done.set(true);

    assertThat(Camera.get(pulling)).as("a decoder that is replaced is not at its end").isFalse();
  }

  @Test
  void ended_afterTheEndOfTheStream_isTrue() throws InterruptedException {
    Slot slot = new Slot();
    Back back = Back.described(SETTINGS, Redaction.NONE, "identity");
    back.pipe().play();
    slot.put(back);
    assertThat(slot.ended()).isFalse();

    back.endOfStream();

    Camera.await("the end", slot::ended);
    slot.put(null);
    assertThat(slot.ended()).isFalse();
  }
}
