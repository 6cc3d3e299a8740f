package io.videoml.kvs.fragment;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the service says of one fragment by its tags. GetMedia and GetMediaForFragmentList are
 * documented to spell some differently; either spelling is taken from either. A value that is not
 * as documented counts as unknown: to fail would be to fail again at every attempt to read on.
 */
final class ServiceTags {
  private static final String PREFIX = "AWS_KINESISVIDEO_";

  private @Nullable FragmentNumber number;
  private @Nullable Instant producerTime;
  private @Nullable Instant serverTime;
  private OptionalLong millisBehindNow = OptionalLong.empty();
  private @Nullable FragmentNumber continuation;
  private boolean token;
  private boolean endMark;
  private boolean failed;
  private int errorId;
  private String errorCode = "";

  void reset() {
    number = null;
    producerTime = null;
    serverTime = null;
    millisBehindNow = OptionalLong.empty();
    continuation = null;
    token = false;
    endMark = false;
    failed = false;
    errorId = 0;
    errorCode = "";
  }

  /** Takes a tag, and returns false if it is the producer's. */
  boolean take(String name, String value) {
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    switch (name.substring(PREFIX.length())) {
      case "FRAGMENT_NUMBER" -> number = number == null ? number(value) : number;
      case "PRODUCER_TIMESTAMP", "PRODUCER_SIDE_TIMESTAMP" -> producerTime = time(value);
      case "SERVER_TIMESTAMP", "SERVER_SIDE_TIMESTAMP" -> serverTime = time(value);
      case "MILLIS_BEHIND_NOW" -> millisBehindNow = whole(value);
      case "CONTINUATION_TOKEN" -> {
        continuation = number(value);
        token = true;
      }
      case "ERROR_ID", "ERROR_CODE", "EXCEPTION_ERROR_CODE", "EXCEPTION_MESSAGE" -> error(value);
      case "END_OF_FRAGMENT" -> endMark = true;
      // Others are the producer's orders to the service, as IMAGE_GENERATION and NOTIFICATION.
      default -> {
        return false;
      }
    }
    return true;
  }

  @Nullable FragmentNumber number() {
    return number;
  }

  @Nullable Instant producerTime() {
    return producerTime;
  }

  @Nullable Instant serverTime() {
    return serverTime;
  }

  OptionalLong millisBehindNow() {
    return millisBehindNow;
  }

  @Nullable FragmentNumber continuation() {
    return continuation;
  }

  /** Returns whether the continuation token came, whatever it looks like. */
  boolean token() {
    return token;
  }

  /** Returns whether the service wrote the document, and not a producer. */
  boolean ofService() {
    return token || failed || number != null || producerTime != null || serverTime != null;
  }

  /** Returns whether the producer's mark of the end came. */
  boolean endMark() {
    return endMark;
  }

  @Nullable ServiceError error() {
    return failed ? new ServiceError(errorId, errorCode) : null;
  }

  boolean failed() {
    return failed;
  }

  /** Returns whether the number of the error is known. */
  boolean identified() {
    return errorId != 0;
  }

  /** Forgets what came before the cluster, which it cannot be the end of. */
  void forgetEnd() {
    token = false;
    endMark = false;
  }

  /** The number and the name may come under any of the four names. */
  private void error(String value) {
    failed = true;
    OptionalLong id = whole(value);
    if (id.isPresent() && id.getAsLong() <= Integer.MAX_VALUE) {
      errorId = (int) id.getAsLong();
    } else if (errorCode.isEmpty()) {
      errorCode = value;
    } else if (!value.isEmpty()) {
      errorCode += ": " + value;
    }
  }

  private static @Nullable FragmentNumber number(String value) {
    return FragmentNumber.wellFormed(value) ? new FragmentNumber(value) : null;
  }

  private static OptionalLong whole(String value) {
    if (value.isEmpty() || value.length() > 18) {
      return OptionalLong.empty();
    }
    long whole = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      whole = 10 * whole + digit;
    }
    return OptionalLong.of(whole);
  }

  /** Reads seconds since 1970 with up to nine decimals, as {@code 1511852109.126}. */
  private static @Nullable Instant time(String value) {
    int point = value.indexOf('.');
    OptionalLong seconds = whole(point < 0 ? value : value.substring(0, point));
    String decimals = point < 0 ? "" : value.substring(point + 1);
    OptionalLong fraction = decimals.isEmpty() ? OptionalLong.of(0) : whole(decimals);
    if (seconds.isEmpty() || fraction.isEmpty() || decimals.length() > 9) {
      return null;
    }
    long nanos = fraction.getAsLong();
    for (int i = decimals.length(); i < 9; i++) {
      nanos *= 10;
    }
    try {
      return Instant.ofEpochSecond(seconds.getAsLong(), nanos);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
