package io.videoml.testkit;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class HeapFrameContractTest {
  @Nested
  class I420 extends FrameContract {
    @Override
    protected OwnedFrame frame() {
      return sloping(PixelFormat.I420, 51, 37);
    }
  }

  @Nested
  class Nv12 extends FrameContract {
    @Override
    protected OwnedFrame frame() {
      return sloping(PixelFormat.NV12, 64, 48);
    }
  }

  @Nested
  class Bgr24 extends FrameContract {
    @Override
    protected OwnedFrame frame() {
      return sloping(PixelFormat.BGR24, 64, 48);
    }
  }

  @Nested
  class Gray8 extends FrameContract {
    @Override
    protected OwnedFrame frame() {
      return sloping(PixelFormat.GRAY8, 33, 70);
    }
  }

  @Nested
  class OfFakeSource extends FrameContract {
    @Override
    protected OwnedFrame frame() {
      return FakeFrames.shared(FakeFrameSource.of(TestClips.noise()));
    }
  }

  private static OwnedFrame sloping(PixelFormat format, int width, int height) {
    int size = 0;
    for (int i = 0; i < format.planes(); i++) {
      size += format.rowBytes(i, width) * format.rows(i, height);
    }
    byte[] pixels = new byte[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = (byte) (60 + i % width + i / width);
    }
    return Frame.of(
        FrameInfo.of(7, width, height, format, FrameTime.arrivingNow(Duration.ofMillis(280))),
        pixels);
  }
}
