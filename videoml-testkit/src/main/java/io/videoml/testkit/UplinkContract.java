package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.OwnedFrame;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Uplink;
import io.videoml.sampling.SamplingDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every uplink keeps to, while the other end takes what it sends. What it does where the other
 * end does not is for its own tests.
 */
public abstract class UplinkContract {
  private static final Detections FOUND =
      Detections.of(List.of(new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22))));

  /** Returns an uplink that nothing was sent through; the contract closes it. */
  protected abstract Uplink open();

  @Test
  void send_severalFrames_neverTakesLessThanNothing() throws Exception {
    try (Uplink uplink = open()) {
      for (int i = 0; i < 5; i++) {
        assertThat(send(uplink, i)).as("bytes of frame %s", i).isNotNegative();
      }
    }
  }

  @Test
  void send_aFrame_leavesItOpen() throws Exception {
    try (Uplink uplink = open();
        OwnedFrame frame = TestClips.still().frame(3)) {
      uplink.send(frame, soFar(frame));

      assertThatCode(() -> frame.plane(0)).doesNotThrowAnyException();
    }
  }

  @Test
  void send_afterTheFrameBeforeWasClosed_doesNotTouchIt() throws Exception {
    try (Uplink uplink = open()) {
      send(uplink, 0);

      assertThatCode(() -> send(uplink, 1)).doesNotThrowAnyException();
    }
  }

  @Test
  void close_twice_doesNothing() throws Exception {
    Uplink uplink = open();
    send(uplink, 0);
    uplink.close();

    assertThatCode(uplink::close).doesNotThrowAnyException();
  }

  @Test
  void close_withoutASend_doesNotThrow() {
    assertThatCode(() -> open().close()).doesNotThrowAnyException();
  }

  private static long send(Uplink uplink, int index) throws IOException, InterruptedException {
    try (OwnedFrame frame = TestClips.still().frame(index)) {
      return uplink.send(frame, soFar(frame));
    }
  }

  private static FrameResult soFar(OwnedFrame frame) {
    return new FrameResult(
        "contract",
        frame.info(),
        SamplingDecision.keep("contract"),
        FOUND,
        Duration.ofMillis(5),
        Optional.empty(),
        Map.of("small", FOUND));
  }
}
