package io.videoml.testkit;

import io.videoml.frame.Frame;
import io.videoml.frame.Plane;
import java.io.ByteArrayOutputStream;

/** The samples of a frame, without the padding of its rows. */
final class Pixels {
  private Pixels() {}

  static byte[] of(Frame frame) {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (int i = 0; i < frame.info().format().planes(); i++) {
      Plane plane = frame.plane(i);
      byte[] row = new byte[plane.rowBytes()];
      for (int y = 0; y < plane.rows(); y++) {
        plane.data().get(y * plane.rowStride(), row);
        samples.writeBytes(row);
      }
    }
    return samples.toByteArray();
  }
}
