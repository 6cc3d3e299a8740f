package io.videoml.tensor;

/** Order in which a model expects the colour channels. */
public enum ChannelOrder {
  RGB(3),
  BGR(3),
  /** One luma channel. */
  GRAY(1);

  private final int channels;

  ChannelOrder(int channels) {
    this.channels = channels;
  }

  /** Returns the number of channels. */
  public int channels() {
    return channels;
  }
}
