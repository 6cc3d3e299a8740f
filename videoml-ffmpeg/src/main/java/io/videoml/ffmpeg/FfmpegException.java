package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A video or picture could not be written. */
public final class FfmpegException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String target;

  FfmpegException(Path target, String message, @Nullable Throwable cause) {
    super(requireNonNull(target, "target") + ": " + message, cause);
    this.target = target.toString();
  }

  FfmpegException(Path target, String message) {
    this(target, message, null);
  }

  /** Returns the file or directory that was being written. */
  public Path target() {
    return Path.of(target);
  }
}
