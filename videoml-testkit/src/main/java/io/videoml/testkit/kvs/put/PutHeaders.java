package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.http.HttpRequest;
import io.videoml.testkit.kvs.service.ServiceException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a request says in its headers.
 *
 * @param stream name or ARN
 * @param absolute whether timecodes are dates, in milliseconds since 1970
 * @param start when timecode 0 was, if they are not
 */
record PutHeaders(String stream, boolean absolute, Instant start) {

  static PutHeaders of(HttpRequest request) throws ServiceException {
    String stream =
        request
            .header("x-amzn-stream-name")
            .or(() -> request.header("x-amzn-stream-arn"))
            .orElseThrow(
                () -> ServiceException.invalid("Either StreamName or StreamARN must be given"));
    String type = request.header("x-amzn-fragment-timecode-type").orElse("");
    if (!type.equals("ABSOLUTE") && !type.equals("RELATIVE")) {
      throw ServiceException.invalid(
          "x-amzn-fragment-timecode-type must be ABSOLUTE or RELATIVE, was '%s'".formatted(type));
    }
    boolean absolute = type.equals("ABSOLUTE");
    Optional<String> text = request.header("x-amzn-producer-start-timestamp");
    if (text.isEmpty() && !absolute) {
      throw ServiceException.invalid("RELATIVE timecodes need x-amzn-producer-start-timestamp");
    }
    return new PutHeaders(stream, absolute, text.isEmpty() ? Instant.EPOCH : time(text.get()));
  }

  Instant producerTime(long timecodeMillis) {
    return absolute ? Instant.ofEpochMilli(timecodeMillis) : start.plusMillis(timecodeMillis);
  }

  /** The C producer sends seconds with a fraction, the Java SDK of version 1 a date. */
  private static Instant time(String text) throws ServiceException {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
    } catch (DateTimeException | NumberFormatException e) {
      throw ServiceException.invalid(
          "x-amzn-producer-start-timestamp must be seconds since 1970 or ISO 8601, was " + text);
    }
  }
}
