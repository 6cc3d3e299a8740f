package io.videoml.testkit;

import io.videoml.source.FrameSource;
import java.util.Optional;

class FakeFrameSourceContractTest extends FrameSourceContract {
  private final TestClip clip = TestClips.movingSquare();

  @Override
  protected FrameSource source() {
    return FakeFrameSource.of(clip);
  }

  @Override
  protected ExpectedClip expected() {
    return clip.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(FakeFrameSource.of("silent", clip).hangAt(2).build());
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(FakeFrameSource.of("unresponsive", clip).hangOnOpen().build());
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.empty();
  }
}
