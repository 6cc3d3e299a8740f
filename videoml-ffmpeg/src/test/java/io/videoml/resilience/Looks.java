package io.videoml.resilience;

import io.videoml.frame.FrameInfo;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the pictures of a file as {@code changesWithin} does at those of a camera, with media
 * time for a clock: a file is read faster. Here, since what looks is not public.
 */
public final class Looks {
  private Looks() {}

  /** Returns the media times at which the picture counted as frozen. */
  public static List<Duration> frozen(FrameSource source, Duration limit) {
    FrozenPicture picture = new FrozenPicture(limit);
    List<Duration> frozen = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(
          frame -> {
            FrameInfo info = frame.info();
            if (picture.frozen(frame, info.time().pts().toNanos())) {
              frozen.add(info.time().pts());
            }
          })) {}
    }
    return frozen;
  }
}
