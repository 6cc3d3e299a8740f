package io.videoml.testkit.rtsp;

/** What a {@link FaultyRtspServer} encodes with. */
public enum RtspCodec {
  /** H.264, without B frames. */
  H264("rtph264pay"),
  /** H.265, without B frames. */
  H265("rtph265pay"),
  /** JPEG pictures; width and height must be multiples of 8, below 2048. */
  MJPEG("rtpjpegpay");

  private final String payloader;

  RtspCodec(String payloader) {
    this.payloader = payloader;
  }

  String payloader() {
    return payloader;
  }

  /** Fails where the size cannot be sent. */
  void check(int width, int height) {
    int step = this == MJPEG ? 8 : 2;
    int most = this == MJPEG ? 2040 : 8192;
    if (width < 32 || height < 32 || width > most || height > most) {
      throw new IllegalArgumentException(
          "%s takes 32 to %d pixels each way, was %dx%d".formatted(this, most, width, height));
    }
    if (width % step != 0 || height % step != 0) {
      throw new IllegalArgumentException(
          "%s takes multiples of %d pixels, was %dx%d".formatted(this, step, width, height));
    }
  }
}
