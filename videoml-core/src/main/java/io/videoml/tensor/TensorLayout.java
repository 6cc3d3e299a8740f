package io.videoml.tensor;

/** Order of a picture's axes in a tensor, batch axis first. */
public enum TensorLayout {
  /** Batch, channel, row, column: one plane per channel. */
  NCHW,
  /** Batch, row, column, channel: channels interleaved. */
  NHWC
}
