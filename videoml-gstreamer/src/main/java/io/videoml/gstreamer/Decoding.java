package io.videoml.gstreamer;

import io.videoml.source.StreamInfo;
import java.util.Optional;

/**
 * What is decoded, and by what.
 *
 * @param caps of the coded pictures
 * @param codec short name
 * @param decoder GStreamer's name of it
 * @param device that decodes; empty for the processor
 * @param keysUnknown whether the description decodes by itself, so that nobody knows which frames
 *     were key frames
 */
record Decoding(Caps caps, String codec, String decoder, String device, boolean keysUnknown) {

  /** Returns whether every picture can be decoded without any other. */
  boolean standsAlone() {
    return !keysUnknown && (caps.raw() || caps.type().startsWith("image/"));
  }

  Decoding with(Caps other) {
    return new Decoding(other, codec, decoder, device, keysUnknown);
  }

  StreamInfo describe(int width, int height) {
    return new StreamInfo(
        codec,
        width,
        height,
        caps.frameRate(),
        Optional.empty(),
        decoder,
        device.isEmpty() ? Optional.empty() : Optional.of(device));
  }
}
