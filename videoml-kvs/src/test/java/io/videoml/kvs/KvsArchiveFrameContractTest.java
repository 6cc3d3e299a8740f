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

/** Frames of H.264, of the archive. */
@Timeout(60)
class KvsArchiveFrameContractTest extends FrameSourceContract {
  private static final TestClip CLIP = TestClips.movingSquare();

  private static ArchivedClip service;

  @BeforeAll
  static void start() {
    service = new ArchivedClip(CLIP, /* bFrames= */ 0);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Override
  protected FrameSource source() {
    return service.source().build();
  }

  @Override
  protected ExpectedClip expected() {
    return CLIP.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(service.silent());
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(service.unresponsive());
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.of(service.refused(user, password));
  }
}
