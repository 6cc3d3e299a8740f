package io.videoml.testkit;

import io.videoml.frame.OwnedFrame;
import io.videoml.source.FrameReader;
import java.util.ArrayList;
import java.util.List;

final class FakeFrames {
  private FakeFrames() {}

  /** Returns the source's first frame; the reader it came from is closed already. */
  static OwnedFrame shared(FakeFrameSource source) {
    List<OwnedFrame> first = new ArrayList<>();
    try (FrameReader reader = source.open()) {
      reader.tryAdvance(frame -> first.add(frame.share()));
    }
    return first.get(0);
  }
}
