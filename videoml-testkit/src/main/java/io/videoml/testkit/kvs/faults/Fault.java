package io.videoml.testkit.kvs.faults;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.http.Ending;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Something that goes wrong with one request. Bytes are counted in bodies, without HTTP's heads and
 * chunks; fragments are counted from 0 in one answer or one request.
 *
 * <p>Threading: immutable.
 */
public sealed interface Fault {

  /**
   * Any operation: is refused, with a correct signature or not.
   *
   * @param status HTTP's, from 400 to 599
   * @param type AWS's name of the error, as {@code ClientLimitExceededException}
   */
  record Refuse(int status, String type) implements Fault {
    public Refuse {
      requireNonNull(type, "type");
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("an error's status is 400 to 599, was " + status);
      }
    }
  }

  /** Any operation: the connection breaks before a byte of the answer. */
  record CutBeforeAnswer(Ending how) implements Fault {
    public CutBeforeAnswer {
      requireNonNull(how, "how");
    }
  }

  /** Any operation: the connection breaks after so many bytes of the answer. */
  record CutAnswer(long bytes, Ending how) implements Fault {
    public CutAnswer {
      notNegative(bytes);
      requireNonNull(how, "how");
    }
  }

  /** Any operation: the answer ends in order after so many bytes, as if that were all. */
  record EndAnswer(long bytes) implements Fault {
    public EndAnswer {
      notNegative(bytes);
    }
  }

  /** Any operation: the answer pauses after so many bytes; nothing else tells of it. */
  record StallAnswer(long bytes, Duration time) implements Fault {
    public StallAnswer {
      notNegative(bytes);
      requireNonNull(time, "time");
    }
  }

  /** Any operation: the answer comes in chunks, and packets where TCP lets it, of one byte. */
  record TinyChunks() implements Fault {}

  /** GetDataEndpoint: names an address that serves other streams, or nothing. */
  record DataEndpoint(URI address) implements Fault {
    public DataEndpoint {
      requireNonNull(address, "address");
    }
  }

  /** GetMedia: the connection breaks within a fragment, after so many bytes of its document. */
  record CutFragment(int fragment, long bytes, Ending how) implements Fault {
    public CutFragment {
      notNegative(fragment);
      notNegative(bytes);
      requireNonNull(how, "how");
    }
  }

  /** GetMedia: the answer ends in order after so many fragments. */
  record EndAfter(int fragments) implements Fault {
    public EndAfter {
      notNegative(fragments);
    }
  }

  /** GetMedia: a fragment is sent twice, the second time right after the first. */
  record RepeatFragment(int fragment) implements Fault {
    public RepeatFragment {
      notNegative(fragment);
    }
  }

  /** GetMedia: after so many fragments an error is told in band, and the answer ends in order. */
  record InBandError(int id, String code, int afterFragments) implements Fault {
    public InBandError {
      requireNonNull(code, "code");
      notNegative(afterFragments);
    }

    /** Returns that the fragment to start after is not there any more. */
    public static InBandError expiredPosition() {
      return new InBandError(4000, "FRAGMENT_NOT_FOUND", 0);
    }
  }

  /** PutMedia: the connection breaks after so many bytes of the request. */
  record CutRequest(long bytes, Ending how) implements Fault {
    public CutRequest {
      notNegative(bytes);
      requireNonNull(how, "how");
    }
  }

  /** PutMedia: nothing is read for a while, after so many bytes; the producer feels it by TCP. */
  record StallRequest(long bytes, Duration time) implements Fault {
    public StallRequest {
      notNegative(bytes);
      requireNonNull(time, "time");
    }
  }

  /** PutMedia: is read slowly; the producer feels it by TCP. */
  record SlowRequest(long bytesPerSecond) implements Fault {
    public SlowRequest {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException("at least 1 byte per second, was " + bytesPerSecond);
      }
    }
  }

  /** PutMedia: the connection breaks at a moment in the life of a fragment. */
  record CutPut(int fragment, PutMoment moment, Ending how) implements Fault {
    public CutPut {
      notNegative(fragment);
      requireNonNull(moment, "moment");
      requireNonNull(how, "how");
    }
  }

  /**
   * PutMedia: a fragment that arrived is refused, and the connection ends.
   *
   * @param id as 4002
   * @param stored whether it is in the stream all the same
   */
  record ErrorAck(int fragment, int id, boolean stored) implements Fault {
    public ErrorAck {
      notNegative(fragment);
    }
  }

  /** PutMedia: acknowledgements of these types are not sent. */
  record LoseAcks(Set<AckType> types) implements Fault {
    public LoseAcks {
      types = Set.copyOf(types);
    }
  }

  /** PutMedia: each acknowledgement is sent so much later. */
  record DelayAcks(Duration time) implements Fault {
    public DelayAcks {
      requireNonNull(time, "time");
    }
  }

  private static void notNegative(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("bytes and fragments are counted from 0, was " + count);
    }
  }
}
