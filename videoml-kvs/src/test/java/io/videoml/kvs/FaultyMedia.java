package io.videoml.kvs;

import io.videoml.kvs.client.KvsFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesisvideo.model.KinesisVideoException;

/**
 * Sessions of GetMedia in memory, on made-up time: a fragment every two seconds, and faults by a
 * seed while {@link #faults} is set.
 */
final class FaultyMedia implements MediaService {
  static final long SECOND = 1_000_000_000L;
  private static final String[] REFUSALS = {
    "401 NotAuthorizedException",
    "403 AccessDeniedException",
    "404 ResourceNotFoundException",
    "400 InvalidArgumentException",
    "400 ClientLimitExceededException",
    "400 ConnectionLimitExceededException",
    "400 InvalidEndpointException",
    "429 Throttling",
    "500 InternalFailure",
    "503 ServiceUnavailable"
  };

  private final List<MadeFragment> fragments;
  private final FakePace pace;
  private final Random random;
  private final long startNanos;
  boolean faults = true;
  boolean expiring;
  int stored; // fragments that were there before time began
  private int oldest;
  int sessions;
  int open;
  int renewals;
  boolean closed;
  private KvsStart lastStart = KvsStart.now();

  FaultyMedia(List<MadeFragment> fragments, FakePace pace, long seed) {
    this.fragments = fragments;
    this.pace = pace;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L); // else the first are much the same
    this.startNanos = pace.nanoTime();
    this.stored = fragments.size();
  }

  /** Returns how many fragments there are by now. */
  private int there() {
    long more = (pace.nanoTime() - startNanos) / (2 * SECOND);
    return (int) Math.min(fragments.size(), stored + more);
  }

  KvsStart lastStart() {
    return lastStart;
  }

  @Override
  public MediaSession open(KvsStart start) {
    lastStart = start;
    sessions++;
    if (faults && random.nextInt(5) == 0) {
      throw new MediaException(refusal());
    }
    if (faults && expiring && random.nextInt(6) == 0) {
      oldest = Math.max(oldest, Math.min(there() - 1, next(start) + 1 + random.nextInt(3)));
    }
    List<byte[]> script = new ArrayList<>();
    int next = next(start);
    if (start instanceof KvsStart.After && next <= oldest - 1) {
      script.add(error(4000));
      return new Session(script, fragments.size(), Ending.END, Long.MAX_VALUE);
    }
    next = Math.max(next, oldest);
    if (faults && random.nextInt(6) == 0) { // the service repeats itself
      next = Math.max(oldest, next - 1 - random.nextInt(2));
    }
    int count = faults ? random.nextInt(6) : Integer.MAX_VALUE;
    long cut = Long.MAX_VALUE;
    Ending ending = Ending.OPEN;
    if (faults) {
      ending = Ending.values()[random.nextInt(Ending.values().length)];
      cut = random.nextInt(20_000);
      if (random.nextInt(8) == 0) {
        script.add(error(new int[] {3002, 5000, 4500, 77}[random.nextInt(4)]));
      } else if (random.nextInt(10) == 0) {
        script.add(new byte[] {(byte) 0xEC, 0x1F, 0, 0x7F, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3});
      }
      if (count == 0) {
        cut = 0;
      }
    }
    return new Session(script, next, ending, cut);
  }

  private int next(KvsStart start) {
    for (int i = 0; i < fragments.size(); i++) {
      MadeFragment fragment = fragments.get(i);
      if (start instanceof KvsStart.Earliest
          || (start instanceof KvsStart.After after
              && fragment.fragmentNumber().compareTo(after.number()) > 0)
          || (start instanceof KvsStart.ServerTime server
              && !fragment.server.isBefore(server.time()))
          || (start instanceof KvsStart.ProducerTime producer
              && fragment.producer != null
              && !fragment.producer.isBefore(producer.time()))) {
        return i;
      }
      if (start instanceof KvsStart.Now && i == there()) {
        return i;
      }
    }
    return fragments.size();
  }

  private static byte[] error(int id) {
    MadeFragment fragment = new MadeFragment("1");
    fragment.errorId = id;
    return fragment.bytes();
  }

  private KvsFailure refusal() {
    int which = random.nextInt(REFUSALS.length + 2);
    if (which >= REFUSALS.length) {
      return KvsFailure.of(new IOException("Connection reset, or refused"));
    }
    return refusal(REFUSALS[which]);
  }

  /**
   * Returns what the SDK makes of an answer, as {@code "404 ResourceNotFoundException message"}.
   */
  static KvsFailure refusal(String answer) {
    String[] parts = answer.split(" ", 3);
    String message = parts.length > 2 ? parts[2] : "made up";
    return KvsFailure.of(
        KinesisVideoException.builder()
            .statusCode(Integer.parseInt(parts[0]))
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(parts[1]).errorMessage(message).build())
            .message("made up")
            .build());
  }

  @Override
  public void renewEndpoint() {
    renewals++;
  }

  @Override
  public void renewCredentials() {
    renewals++;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** How a session ends where it does. */
  enum Ending {
    OPEN,
    END,
    CUT,
    STALL
  }

  private final class Session implements MediaSession {
    private final List<byte[]> script;
    private final Ending ending;
    private long left;
    private int next;
    private @Nullable ByteBuffer sending;
    private boolean shut;

    Session(List<byte[]> script, int next, Ending ending, long cut) {
      this.script = script;
      this.next = next;
      this.ending = ending;
      this.left = cut;
      open++;
    }

    @Override
    public MediaChunk next(long nanos) {
      if (shut) {
        throw new AssertionError("read after it was closed");
      }
      if (left <= 0 && ending != Ending.OPEN) {
        return end(nanos);
      }
      if (sending == null || !sending.hasRemaining()) {
        if (!script.isEmpty()) {
          sending = ByteBuffer.wrap(script.remove(0));
        } else if (next < there()) {
          sending = ByteBuffer.wrap(fragments.get(next++).bytes());
        } else if (next >= fragments.size()) {
          return end(nanos);
        } else { // waits for the next fragment
          pace.pass(Math.min(nanos, SECOND));
          return MediaChunk.NOTHING;
        }
      }
      int size = Math.min(sending.remaining(), 1 + random.nextInt(3000));
      if (ending != Ending.OPEN) {
        size = (int) Math.min(size, left);
      }
      left -= size;
      ByteBuffer chunk = sending.duplicate().limit(sending.position() + size).slice();
      sending.position(sending.position() + size);
      return MediaChunk.of(chunk, pace.nanoTime());
    }

    private MediaChunk end(long nanos) {
      return switch (ending) {
        case END -> MediaChunk.END;
        case CUT ->
            throw new MediaException(KvsFailure.of(new IOException("the connection was closed")));
        case OPEN, STALL -> {
          pace.pass(nanos);
          yield MediaChunk.NOTHING;
        }
      };
    }

    @Override
    public boolean answered() {
      return true;
    }

    @Override
    public void close() {
      if (!shut) {
        shut = true;
        open--;
      }
    }
  }
}
