package io.videoml.ffmpeg;

import io.videoml.source.FrameSource;
import io.videoml.testkit.FrameSourceContract;
import java.util.Optional;

/** The contract of sources that are local files: none waits, and none has credentials. */
abstract class FileContract extends FrameSourceContract {

  @Override
  protected Optional<FrameSource> silentSource() {
    return Optional.empty();
  }

  @Override
  protected Optional<FrameSource> unresponsiveSource() {
    return Optional.empty();
  }

  @Override
  protected Optional<FrameSource> sourceWithCredentials(String user, String password) {
    return Optional.empty();
  }
}
