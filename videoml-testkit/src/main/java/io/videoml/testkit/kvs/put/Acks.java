package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.faults.AckType;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends acknowledgements while media arrives, and watches the time: a producer that is silent, or
 * has talked for too long, is told and left.
 *
 * <p>Threading: {@link #run} in a thread of its own, the rest from the one that reads.
 */
final class Acks implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Acks.class);
  private static final Ack LAST = new Ack(AckType.IDLE, "");

  /** A producer that takes no acknowledgements is soon not read from any more. */
  private static final int MOST_WAITING = 1_000;

  private static final long POLL_MILLIS = 20;
  private static final long DRAIN_SECONDS = 2;

  private final HttpExchange exchange;
  private final OutputStream out;
  private final KvsLimits limits;
  private final Set<AckType> lost;
  private final Duration delay;
  private final BlockingQueue<Ack> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long started = System.nanoTime();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long lastData = started;
  private volatile boolean left;

  Acks(HttpExchange exchange, OutputStream out, KvsLimits limits, RequestFaults faults) {
    this.exchange = exchange;
    this.out = out;
    this.limits = limits;
    this.lost = faults.first(Fault.LoseAcks.class).map(Fault.LoseAcks::types).orElseGet(Set::of);
    this.delay =
        faults.first(Fault.DelayAcks.class).map(Fault.DelayAcks::time).orElse(Duration.ZERO);
  }

  /** Says that data came. */
  void data() {
    lastData = System.nanoTime();
  }

  void send(Ack ack) throws InterruptedException {
    waiting.incrementAndGet();
    while (!left && !queue.offer(ack, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      data(); // it is not the producer's silence
    }
  }

  /** Returns whether the producer was left, or left. */
  boolean left() {
    return left;
  }

  /** Waits until what was to be sent is sent, and the answer has ended. */
  void finish() throws InterruptedException {
    send(LAST);
    if (!ended.await(DRAIN_SECONDS + delay.toSeconds() * 3, TimeUnit.SECONDS)) {
      LOG.debug("a producer does not take its acknowledgements");
    }
  }

  /** Waits until what was to be sent is sent; the answer has not ended. */
  void flush() throws InterruptedException {
    long deadline =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS) + delay.toNanos() * 3;
    while (waiting.get() > 0 && !left && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
  }

  @Override
  public void run() {
    try (out) {
      long lastIdle = started;
      while (true) {
        Ack ack = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        long now = System.nanoTime();
        if (ack != null && ack.text().isEmpty()) {
          return;
        }
        if (ack != null) {
          Thread.sleep(delay.toMillis());
          write(ack);
          waiting.decrementAndGet();
        } else if (now - started > limits.session().toNanos()) {
          write(Ack.error(AckError.MAX_CONNECTION_DURATION_REACHED.id()));
          leave();
          return;
        } else if (now - lastData > limits.putIdle().toNanos()) {
          leave();
          return;
        } else if (now - Math.max(lastData, lastIdle) > limits.idleAck().toNanos()) {
          lastIdle = now;
          write(Ack.idle());
        }
      }
    } catch (IOException e) {
      LOG.debug("a producer left: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left = true;
      ended.countDown();
    }
  }

  /** The reader waits for the producer: only the end of the connection wakes it. */
  private void leave() throws IOException {
    left = true;
    out.close();
    exchange.abort(Ending.CLOSE);
  }

  private void write(Ack ack) throws IOException {
    if (!lost.contains(ack.type())) {
      out.write(ack.line());
    }
  }
}
