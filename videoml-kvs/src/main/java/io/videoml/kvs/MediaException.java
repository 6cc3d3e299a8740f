package io.videoml.kvs;

import io.videoml.kvs.client.KvsFailure;

/** A session failed, in a way that the reader knows a remedy for. */
final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient KvsFailure failure;

  MediaException(KvsFailure failure) {
    super(failure.message(), failure.cause());
    this.failure = failure;
  }

  KvsFailure failure() {
    return failure;
  }
}
