package io.videoml.testkit;

import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.TensorLayout;

/** Reads model inputs back as grey levels, whatever their type and normalisation. */
final class GreyLevels {
  private GreyLevels() {}

  static double at(ImageTensor tensor, int index) {
    ImageSpec spec = tensor.spec();
    if (spec.type() == ElementType.UINT8) {
      return tensor.data().get(index) & 0xff;
    }
    float value =
        spec.type() == ElementType.FLOAT16
            ? Float16.toFloat(tensor.data().getShort(2 * index))
            : tensor.data().getFloat(4 * index);
    int channel =
        spec.layout() == TensorLayout.NCHW
            ? index / (spec.width() * spec.height())
            : index % spec.channels().channels();
    return (value - spec.normalization().offset(channel)) / spec.normalization().scale(channel);
  }
}
