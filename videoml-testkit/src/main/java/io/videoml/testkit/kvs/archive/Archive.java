package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;

/** What all operations of the archive demand. */
final class Archive {
  private Archive() {}

  static StoredStream kept(StoredStream stream) throws ServiceException {
    if (stream.info().retentionHours() == 0) {
      throw new ServiceException(
          400,
          "NoDataRetentionException",
          "the stream keeps nothing: its DataRetentionInHours is 0");
    }
    return stream;
  }
}
