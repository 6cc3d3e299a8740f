package io.videoml.gstreamer;

import io.videoml.frame.OwnedFrame;
import io.videoml.source.FrameReader;
import io.videoml.testkit.FrameContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class PooledFrameContractTest {
  @BeforeAll
  static void needsGStreamer() {
    Gstreamer.assumeElements("videotestsrc");
  }

  @Nested
  class I420 extends Of {
    I420() {
      super("I420");
    }
  }

  @Nested
  class Nv12 extends Of {
    Nv12() {
      super("NV12");
    }
  }

  @Nested
  class Gray8 extends Of {
    Gray8() {
      super("GRAY8");
    }
  }

  @Nested
  class Bgr extends Of {
    Bgr() {
      super("BGR");
    }
  }

  @Nested
  class Rgb extends Of {
    Rgb() {
      super("RGB");
    }
  }

  /** Odd sizes, so that rows have padding. */
  abstract static class Of extends FrameContract {
    private final String format;

    Of(String format) {
      this.format = format;
    }

    @Override
    protected OwnedFrame frame() {
      List<OwnedFrame> shared = new ArrayList<>();
      String text = "videotestsrc num-buffers=1 ! video/x-raw,width=91,height=63,format=" + format;
      try (FrameReader reader = GStreamerSource.of(text).open()) {
        reader.tryAdvance(frame -> shared.add(frame.share()));
      }
      return shared.get(0);
    }
  }
}
