package io.videoml.testkit;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detector;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.OwnedFrame;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

class ScriptedDetectorContractTest {
  private static final Detection CAR = new Detection(2, "car", 0.5f, new Box(0, 0, 20, 10));

  @Nested
  class Scripted extends DetectorContract {
    @Override
    protected Detector open() {
      return ScriptedDetector.scripted(ScriptedDetectorContractTest::look);
    }

    @Override
    protected List<OwnedFrame> frames() {
      return pictures();
    }
  }

  @Nested
  class OnlySomeLabels extends DetectorContract {
    @Override
    protected Detector open() {
      return ScriptedDetector.scripted(ScriptedDetectorContractTest::look)
          .only(Set.of("person", "car"));
    }

    @Override
    protected List<OwnedFrame> frames() {
      return pictures();
    }
  }

  @Nested
  class Limited extends DetectorContract {
    @Override
    protected Detector open() {
      return ScriptedDetector.scripted(ScriptedDetectorContractTest::look).limited(1);
    }

    @Override
    protected List<OwnedFrame> frames() {
      return pictures();
    }
  }

  private static List<Detection> look(FrameInfo frame) {
    Detection person =
        new Detection(0, "person", 0.9f, new Box(0, 0, frame.width(), frame.height()));
    return frame.index() == 1 ? List.of(person, CAR) : List.of(person);
  }

  private static List<OwnedFrame> pictures() {
    TestClip clip = TestClips.noise();
    return List.of(clip.frame(0), clip.frame(1), clip.withSize(80, 60).frame(2));
  }
}
