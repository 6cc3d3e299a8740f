package io.videoml.gstreamer;

/** Which decoders are tried, and in which order; each must start before it is taken. */
public enum DecoderPreference {
  /** Those of a device (NVIDIA, VA-API, V4L2, ...) first, then those of the processor. */
  HARDWARE_FIRST,
  /** Those of the processor only. */
  SOFTWARE
}
