package io.videoml.tensor;

import static java.util.Objects.requireNonNull;

/**
 * What a model expects of one picture: its size, memory layout and preprocessing.
 *
 * @param width pixels
 * @param height pixels
 * @param type {@link ElementType#FLOAT32}, {@link ElementType#FLOAT16} or {@link ElementType#UINT8}
 * @param layout order of the axes
 * @param channels order of the colour channels
 * @param fit how the picture is laid into the input
 * @param padding grey level of what the picture leaves free, before normalisation, 0 to 255
 * @param normalization how grey levels become elements; not applied where {@code type} is {@code
 *     UINT8}
 * @param resampling how the picture is brought to size
 */
public record ImageSpec(
    int width,
    int height,
    ElementType type,
    TensorLayout layout,
    ChannelOrder channels,
    Fit fit,
    int padding,
    Normalization normalization,
    Resampling resampling) {

  public ImageSpec {
    requireNonNull(type, "type");
    requireNonNull(layout, "layout");
    requireNonNull(channels, "channels");
    requireNonNull(fit, "fit");
    requireNonNull(normalization, "normalization");
    requireNonNull(resampling, "resampling");
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "model input must have a positive size, was " + width + "x" + height);
    }
    if (type != ElementType.FLOAT32 && type != ElementType.FLOAT16 && type != ElementType.UINT8) {
      throw new IllegalArgumentException("a picture can be FLOAT32, FLOAT16 or UINT8, not " + type);
    }
    if (padding < 0 || padding > 255) {
      throw new IllegalArgumentException(
          "padding must be a grey level within 0..255, was " + padding);
    }
    if (normalization.mean().size() < channels.channels()) {
      throw new IllegalArgumentException(
          channels
              + " needs "
              + channels.channels()
              + " means, had "
              + normalization.mean().size());
    }
  }

  /**
   * Returns a float NCHW RGB input in 0 to 1, centred letterbox with grey 114: the Ultralytics
   * convention.
   */
  public static ImageSpec letterboxed(int width, int height) {
    return new ImageSpec(
        width,
        height,
        ElementType.FLOAT32,
        TensorLayout.NCHW,
        ChannelOrder.RGB,
        Fit.LETTERBOX_CENTERED,
        114,
        Normalization.UNIT,
        Resampling.BILINEAR);
  }

  /** Returns the number of elements of one picture. */
  public int elements() {
    return Math.multiplyExact(Math.multiplyExact(width, height), channels.channels());
  }

  /** Returns the number of bytes of one picture. */
  public int bytes() {
    return Math.multiplyExact(elements(), type.bytes());
  }

  /** Returns where a picture of the given size lies in this input. */
  public Placement place(int sourceWidth, int sourceHeight) {
    return fit.place(sourceWidth, sourceHeight, width, height);
  }

  /** Returns this with another size. */
  public ImageSpec withSize(int newWidth, int newHeight) {
    return new ImageSpec(
        newWidth, newHeight, type, layout, channels, fit, padding, normalization, resampling);
  }

  /** Returns this with another memory layout, as the model's own input declares it. */
  public ImageSpec withMemory(ElementType newType, TensorLayout newLayout) {
    return new ImageSpec(
        width, height, newType, newLayout, channels, fit, padding, normalization, resampling);
  }

  /** Returns this with another fit and padding. */
  public ImageSpec withFit(Fit newFit, int newPadding) {
    return new ImageSpec(
        width, height, type, layout, channels, newFit, newPadding, normalization, resampling);
  }

  /** Returns this with another channel order and normalisation. */
  public ImageSpec withColor(ChannelOrder newChannels, Normalization newNormalization) {
    return new ImageSpec(
        width, height, type, layout, newChannels, fit, padding, newNormalization, resampling);
  }

  /** Returns this with another filter. */
  public ImageSpec withResampling(Resampling newResampling) {
    return new ImageSpec(
        width, height, type, layout, channels, fit, padding, normalization, newResampling);
  }
}
