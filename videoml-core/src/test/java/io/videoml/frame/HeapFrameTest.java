package io.videoml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapFrameTest {
  private static FrameInfo info(int width, int height, PixelFormat format) {
    return FrameInfo.of(3, width, height, format, FrameTime.arrivingNow(Duration.ZERO));
  }

  private static int bytes(PixelFormat format, int width, int height) {
    int bytes = 0;
    for (int plane = 0; plane < format.planes(); plane++) {
      bytes += format.rowBytes(plane, width) * format.rows(plane, height);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void of_oddSize_roundsChromaUpAndFitsExactly(PixelFormat format) {
    int expected =
        switch (format) {
          case I420, NV12 -> 5 * 3 + 2 * (3 * 2);
          case BGR24, RGB24 -> 3 * 5 * 3;
          case GRAY8 -> 5 * 3;
        };

    assertThat(bytes(format, 5, 3)).isEqualTo(expected);
    assertThat(Frame.of(info(5, 3, format), new byte[expected]).info().format()).isEqualTo(format);
    assertThatThrownBy(() -> Frame.of(info(5, 3, format), new byte[expected - 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5x3");
  }

  @Test
  void plane_ofLaterPlanes_startsAfterTheOnesBefore() {
    byte[] pixels = {1, 2, 3, 4, 5, 6};
    Frame frame = Frame.of(info(2, 2, PixelFormat.I420), pixels);

    assertThat(frame.plane(0).data().get(3)).isEqualTo((byte) 4);
    assertThat(frame.plane(1).data().get(0)).isEqualTo((byte) 5);
    assertThat(frame.plane(2).data().get(0)).isEqualTo((byte) 6);
  }

  @Test
  void plane_data_cannotBeWritten() {
    Frame frame = Frame.of(info(1, 1, PixelFormat.GRAY8), new byte[1]);

    assertThatThrownBy(() -> frame.plane(0).data().put(0, (byte) 1))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void plane_noSuchPlane_throws() {
    Frame frame = Frame.of(info(1, 1, PixelFormat.GRAY8), new byte[1]);

    assertThatThrownBy(() -> frame.plane(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void close_thenUse_throwsButInfoStays() {
    OwnedFrame frame = Frame.of(info(2, 2, PixelFormat.GRAY8), new byte[4]);
    ImageTensor target = ImageTensor.allocate(ImageSpec.letterboxed(2, 2));

    frame.close();
    frame.close();

    assertThat(frame.info().index()).isEqualTo(3);
    assertThatThrownBy(() -> frame.plane(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("frame 3");
    assertThatThrownBy(frame::share).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> frame.writeTo(target)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void share_originalClosed_staysReadable() {
    OwnedFrame frame = Frame.of(info(1, 1, PixelFormat.GRAY8), new byte[] {9});

    OwnedFrame shared = frame.share();
    frame.close();

    assertThat(shared.plane(0).data().get(0)).isEqualTo((byte) 9);
    shared.close();
    assertThatThrownBy(() -> shared.plane(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void copyOf_paddedRows_dropsThePadding() {
    byte[] padded = {1, 2, 99, 3, 4, 99};
    Frame frame =
        Frame.of(info(2, 2, PixelFormat.GRAY8), new Plane(ByteBuffer.wrap(padded), 3, 2, 2));

    Frame copy = Frame.copyOf(frame);
    padded[0] = 50;

    byte[] pixels = new byte[4];
    copy.plane(0).data().get(0, pixels);
    assertThat(pixels).containsExactly(1, 2, 3, 4);
    assertThat(copy.plane(0).rowStride()).isEqualTo(2);
  }

  @Test
  void of_planesTooFewOrTooSmall_throws() {
    Plane plane = new Plane(ByteBuffer.allocate(4), 2, 2, 2);

    assertThatThrownBy(() -> Frame.of(info(2, 2, PixelFormat.I420), plane))
        .hasMessageContaining("3 planes");
    assertThatThrownBy(() -> Frame.of(info(4, 2, PixelFormat.GRAY8), plane))
        .hasMessageContaining("too small");
  }

  @Test
  void newPlane_bufferTooShortForItsRows_throws() {
    ByteBuffer eleven = ByteBuffer.allocate(11);

    assertThat(new Plane(eleven, 4, 3, 3).rows()).isEqualTo(3); // the last row needs no padding
    assertThatThrownBy(() -> new Plane(eleven, 4, 4, 3)).hasMessageContaining("11 bytes");
    assertThatThrownBy(() -> new Plane(eleven, 2, 3, 1)).hasMessageContaining("stride 2");
  }
}
