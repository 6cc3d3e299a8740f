package io.videoml.ffmpeg;

import org.bytedeco.javacpp.Pointer;

/** A number that travels through FFmpeg as an opaque pointer; never followed, never freed. */
final class Id extends Pointer {
  Id(long value) {
    super((Pointer) null);
    address = value;
  }

  void set(long value) {
    address = value;
  }
}
