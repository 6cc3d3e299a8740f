package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceException;
import java.time.Instant;
import java.util.List;

/**
 * A range of one of the two times of fragments.
 *
 * @param byServer whether it is the service's time, not the producer's
 * @param start inclusive
 * @param end inclusive
 */
record TimeRange(boolean byServer, Instant start, Instant end) {

  /** Reads a type and a range, as selectors have them. */
  static TimeRange of(String type, Parameters range) throws ServiceException {
    if (!type.equals("SERVER_TIMESTAMP") && !type.equals("PRODUCER_TIMESTAMP")) {
      throw ServiceException.invalid(
          "a selector's type must be SERVER_TIMESTAMP or PRODUCER_TIMESTAMP, was " + type);
    }
    Instant start =
        range
            .time("StartTimestamp")
            .orElseThrow(() -> ServiceException.invalid("StartTimestamp is missing"));
    Instant end =
        range
            .time("EndTimestamp")
            .orElseThrow(() -> ServiceException.invalid("EndTimestamp is missing"));
    if (end.isBefore(start)) {
      throw ServiceException.invalid("EndTimestamp must not be before StartTimestamp");
    }
    return new TimeRange(type.equals("SERVER_TIMESTAMP"), start, end);
  }

  /** Returns the fragments that start in it. */
  List<StoredFragment> startingIn(List<StoredFragment> fragments) {
    return fragments.stream()
        .filter(fragment -> !time(fragment).isBefore(start) && !time(fragment).isAfter(end))
        .toList();
  }

  /** Returns the fragments that have a part in it. */
  List<StoredFragment> touching(List<StoredFragment> fragments) {
    return fragments.stream()
        .filter(fragment -> time(fragment).plus(fragment.duration()).isAfter(start))
        .filter(fragment -> !time(fragment).isAfter(end))
        .toList();
  }

  Instant time(StoredFragment fragment) {
    return byServer ? fragment.serverTime() : fragment.producerTime();
  }
}
