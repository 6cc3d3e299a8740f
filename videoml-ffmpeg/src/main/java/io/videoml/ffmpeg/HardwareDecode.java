package io.videoml.ffmpeg;

import java.util.Locale;

/**
 * Which device decodes. Where it is missing, or does not know the codec, the CPU does; {@link
 * io.videoml.source.StreamInfo#hardware()} tells which it was. Pictures are copied to main memory.
 */
public enum HardwareDecode {
  /** The CPU; the default. */
  NONE,
  /** The first device that works. */
  AUTO,
  /** NVIDIA. */
  CUDA,
  /** Linux, Intel and AMD. */
  VAAPI,
  /** Intel Quick Sync. */
  QSV,
  /** Any GPU with Vulkan Video. */
  VULKAN,
  /** macOS. */
  VIDEOTOOLBOX,
  /** Windows. */
  D3D11VA;

  /** Returns FFmpeg's name of the device type. */
  String deviceName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
