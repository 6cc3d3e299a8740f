package io.videoml.kvs;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.FrameSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Frames that are stored in another order than they are shown, as they come. */
@Timeout(60)
class BFramesFrameContractTest extends FrameSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare().withRate(25).withFrames(61);

  private static ClipService service;

  @BeforeAll
  static void start() {
    service = new ClipService(Clips.fragments(CLIP, "mpeg4", "V_MPEG4/ISO/ASP", /* bFrames= */ 2));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Override
  protected FrameSource source() {
    return service.clip().delivery(KvsDelivery.FRAME).build();
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(service.silent("clip").delivery(KvsDelivery.FRAME).build());
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(service.silent("empty").delivery(KvsDelivery.FRAME).build());
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.of(service.refused(user, password));
  }
}
