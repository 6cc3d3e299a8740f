package io.videoml.testkit.kvs.faults;

import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.http.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of a request, whose reading breaks, pauses or is slow as ordered. One thread reads. */
final class FaultyInput extends InputStream {
  private static final int SLOW_STEP_MILLIS = 20;

  private final HttpExchange exchange;
  private final InputStream in;
  private final long cutAt;
  private final Ending how;
  private final int slowStep;
  private final Duration stall;
  private long stallAt;
  private long count;

  FaultyInput(RequestFaults faults, HttpExchange exchange, InputStream in) {
    this.exchange = exchange;
    this.in = in;
    Fault.@Nullable CutRequest cut = faults.first(Fault.CutRequest.class).orElse(null);
    cutAt = cut == null ? Long.MAX_VALUE : cut.bytes();
    how = cut == null ? Ending.RESET : cut.how();
    Fault.@Nullable StallRequest pause = faults.first(Fault.StallRequest.class).orElse(null);
    stallAt = pause == null ? Long.MAX_VALUE : pause.bytes();
    stall = pause == null ? Duration.ZERO : pause.time();
    slowStep =
        faults
            .first(Fault.SlowRequest.class)
            .map(slow -> (int) Math.max(1, slow.bytesPerSecond() * SLOW_STEP_MILLIS / 1000))
            .orElse(Integer.MAX_VALUE);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (count == stallAt) {
      stallAt = Long.MAX_VALUE;
      Pause.of(stall);
    }
    if (count >= cutAt) {
      exchange.abort(how);
      throw new FaultException("cut after %d bytes of the request".formatted(count), false);
    }
    long free = Math.min(Math.min(cutAt, stallAt) - count, slowStep);
    int read = in.read(into, from, (int) Math.min(length, free));
    if (read > 0) {
      count += read;
      if (slowStep < Integer.MAX_VALUE) {
        Pause.of(Duration.ofMillis(SLOW_STEP_MILLIS * (long) read / slowStep));
      }
    }
    return read;
  }
}
