package io.videoml.testkit.faults;

import io.videoml.source.FrameSource;
import io.videoml.testkit.ExpectedClip;
import io.videoml.testkit.FrameSourceContract;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.util.Optional;

class FaultyFrameSourceContractTest extends FrameSourceContract {
  private final TestClip clip = TestClips.movingSquare();

  @Override
  protected FrameSource source() {
    return finite(Behaviour.healthy());
  }

  @Override
  protected ExpectedClip expected() {
    return clip.expected();
  }

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.of(finite(Behaviour.healthy().silentAt(2)));
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.of(finite(Behaviour.healthy().hangInOpen()));
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.empty();
  }

  private FrameSource finite(Behaviour behaviour) {
    return FaultyFrameSource.of("faulty", clip)
        .finite()
        .resuming()
        .pace(FramePace.unpaced())
        .afterwards(behaviour)
        .build();
  }
}
