package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A picture that the service made of its archive.
 *
 * @param time when it was taken, by the clock of the range
 * @param data the JPEG or PNG file, read-only; empty where there is an error
 * @param error why there is none, as {@code "NO_MEDIA"} or {@code "MEDIA_ERROR"}
 */
public record KvsImage(Instant time, ByteBuffer data, Optional<String> error) {
  public KvsImage {
    requireNonNull(time, "time");
    requireNonNull(error, "error");
    data = data.asReadOnlyBuffer();
  }

  /** Returns a new view of the file, from its start. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  @Override
  public String toString() {
    return "KvsImage[%s, %s]".formatted(time, error.orElse(data.remaining() + " bytes"));
  }
}
