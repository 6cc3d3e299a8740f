package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.RtspTransport.TCP;
import static io.videoml.testkit.rtsp.RtspTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.source.FrameSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about pictures: none that is broken reaches a listener. */
abstract class RtspPictures extends RtspClosing {

  @Test
  void join_inTheMiddleOfAGroup_showsNoBrokenPicture() {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().joinMidGop().start();
        Shown shown = new Shown(source(camera, TCP))) {
      shown.awaitFrames(50);
      assertThat(shown.broken).isEmpty();
    }
  }

  @Test
  void join_inTheMiddleOfAGroupOfH265_showsNoBrokenPicture() {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().codec(RtspCodec.H265).joinMidGop().start();
        Shown shown = new Shown(source(camera, UDP))) {
      shown.awaitFrames(50);
      assertThat(shown.broken).isEmpty();
    }
  }

  @Test
  void loss_ofFivePercentOverTcp_showsNoBrokenPictureAndGoesOn() {
    lose(TCP);
  }

  @Test
  void loss_ofFivePercentOverUdp_showsNoBrokenPictureAndGoesOn() {
    lose(UDP);
  }

  /** Small groups: at 25 frames of eight packets, no group would come through whole. */
  private void lose(RtspTransport transport) {
    try (FaultyRtspServer camera =
            FaultyRtspServer.builder().size(160, 96).gop(5).lossPercent(5).start();
        Shown shown = new Shown(source(camera, transport))) {
      shown.awaitFrames(60);
      assertThat(shown.broken).isEmpty();
      assertThat(shown.run.status().connects()).isEqualTo(1);
    }
  }

  @Test
  void size_changesOverTcp_theStreamGoesOn() {
    resize(TCP);
  }

  @Test
  void size_changesOverUdp_theStreamGoesOn() {
    resize(UDP);
  }

  private void resize(RtspTransport transport) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        Shown shown = new Shown(source(camera, transport))) {
      shown.awaitFrames(20);
      camera.resize(320, 192);
      long changed = System.nanoTime();
      shown.await("the new size", () -> shown.width == 320);
      Duration took = Duration.ofNanos(System.nanoTime() - changed);
      FaultReport.saw("the new size after %d ms".formatted(took.toMillis()));
      assertThat(took).as("frames of the new size").isLessThan(BACK);
      shown.awaitFrames(20);
      assertThat(shown.broken).isEmpty();
    }
  }

  /** A pipeline with its defaults, as far as listeners see it. */
  static final class Shown implements AutoCloseable {
    final List<String> broken = new CopyOnWriteArrayList<>();
    final PipelineRun run;
    private final AtomicInteger frames = new AtomicInteger();
    volatile int width;

    Shown(FrameSource source) {
      run =
          Pipeline.named("shown")
              .source(source)
              .resilience(QUICK)
              .sink(
                  () ->
                      (frame, result) -> {
                        TestPattern.mismatch(frame).ifPresent(broken::add);
                        width = frame.info().width();
                        frames.incrementAndGet();
                      })
              .build()
              .start();
    }

    void awaitFrames(int more) {
      int wanted = frames.get() + more;
      await(more + " more frames", () -> frames.get() >= wanted);
    }

    void await(String what, BooleanSupplier condition) {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime())
            .as(
                "%s: not within 30 s; %d frames shown; %s; broken: %s",
                what, frames.get(), run.status(), broken)
            .isLessThan(deadline);
        LockSupport.parkNanos(5_000_000);
      }
    }

    @Override
    public void close() {
      FaultReport.saw(
          "%d frames shown, %d of them broken; %s"
              .formatted(frames.get(), broken.size(), run.summary().dropped()));
      run.close();
    }
  }
}
