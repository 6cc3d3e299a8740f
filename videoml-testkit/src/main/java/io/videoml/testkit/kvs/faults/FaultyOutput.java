package io.videoml.testkit.kvs.faults;

import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.http.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, which breaks, ends, pauses or crumbles as ordered.
 *
 * <p>Threading: one thread.
 */
public final class FaultyOutput extends OutputStream {
  private final HttpExchange exchange;
  private final OutputStream out;
  private final long endAt;
  private final boolean tiny;
  private long cutAt;
  private Ending how = Ending.RESET;
  private long stallAt;
  private Duration stall = Duration.ZERO;
  private long written;

  FaultyOutput(RequestFaults faults, HttpExchange exchange, OutputStream out) {
    this.exchange = exchange;
    this.out = out;
    Fault.@Nullable CutAnswer cut = faults.first(Fault.CutAnswer.class).orElse(null);
    cutAt = cut == null ? Long.MAX_VALUE : cut.bytes();
    how = cut == null ? how : cut.how();
    Fault.@Nullable StallAnswer pause = faults.first(Fault.StallAnswer.class).orElse(null);
    stallAt = pause == null ? Long.MAX_VALUE : pause.bytes();
    stall = pause == null ? stall : pause.time();
    endAt = faults.first(Fault.EndAnswer.class).map(Fault.EndAnswer::bytes).orElse(Long.MAX_VALUE);
    tiny = faults.first(Fault.TinyChunks.class).isPresent();
  }

  /** Breaks after so many bytes from now. */
  public void cutAfter(long bytes, Ending ending) {
    cutAt = written + bytes;
    how = ending;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] data, int from, int length) throws IOException {
    int at = 0;
    while (true) {
      happen();
      if (at == length) {
        return;
      }
      long free = Math.min(Math.min(cutAt, endAt), stallAt) - written;
      int size = (int) Math.min(tiny ? 1 : length - at, free);
      out.write(data, from + at, size);
      at += size;
      written += size;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void happen() throws IOException {
    if (written == stallAt) {
      stallAt = Long.MAX_VALUE;
      Pause.of(stall);
    }
    if (written >= cutAt) {
      out.flush();
      exchange.abort(how);
      throw new FaultException("cut after %d bytes of the answer".formatted(written), false);
    }
    if (written >= endAt) {
      throw new FaultException("ended after %d bytes of the answer".formatted(written), true);
    }
  }
}
