package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

/**
 * An error that the service put into the stream.
 *
 * @param id its number, as 3002, or 0 where it gave none
 * @param code its name; may be empty
 */
public record ServiceError(int id, String code) {
  public ServiceError {
    requireNonNull(code, "code");
  }
}
