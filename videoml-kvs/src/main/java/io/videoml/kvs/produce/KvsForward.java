package io.videoml.kvs.produce;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a source's packets to a stream, until the source ends or this is closed.
 *
 * <p>Threading: any.
 */
public final class KvsForward implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KvsForward.class);
  private static final Duration LAST_WORDS = Duration.ofMinutes(1);
  private static final Duration CLOSE_DRAIN = Duration.ofSeconds(1);

  private final PacketSource source;
  private final Reconnects reconnects; // the reading thread's
  private final KvsWriter writer;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable PacketReader reader;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable String trouble;
  private @Nullable ResumePosition reached; // the reading thread's, as all below
  private boolean resumed;
  private boolean refused; // by the writer, which may have the source's name

  private KvsForward(PacketSource source, ReconnectPolicy policy, KvsWriter writer, String who) {
    this.source = source;
    this.reconnects = new Reconnects(policy, source.endless());
    this.writer = writer;
    this.thread = new Thread(this::run, "videoml-forward-" + who);
    this.thread.setDaemon(true);
  }

  static KvsForward start(
      PacketSource source, ReconnectPolicy policy, KvsWriter writer, String who) {
    KvsForward forward = new KvsForward(source, policy, writer, who);
    forward.thread.start();
    return forward;
  }

  /**
   * Waits for the end: of the source, by a failure, or by closing.
   *
   * @return whether it came within that time
   * @throws SourceException if the source or the stream was given up
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean await(Duration atMost) throws InterruptedException {
    boolean over = ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    RuntimeException thrown = failure;
    if (over && thrown != null) {
      throw thrown;
    }
    return over;
  }

  /** Returns what was sent so far; still answers after closing. */
  public ProducerStatistics statistics() {
    return writer.statistics();
  }

  /** Returns the source's last failure, in words, even if all is well since. */
  public Optional<String> sourceTrouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Stops reading, gives what is on its way a second, and ends within 2.5. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    closing.countDown();
    PacketReader open = reader;
    if (open != null) {
      open.close();
    }
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    writer.close(interrupted ? Duration.ZERO : CLOSE_DRAIN);
    try {
      thread.join(500);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!over()) {
        try {
          readAll();
          if (!source.endless()) {
            finish();
            return;
          }
          recover(new SourceException(Kind.ENDED, source.id(), "the stream ended"));
        } catch (SourceException e) {
          if (refused) {
            throw e; // of the stream, which has its own policy
          }
          recover(e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: interrupted, as closed", source.id());
    } catch (RuntimeException | Error e) {
      if (!over()) {
        failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
        if (e instanceof SourceException known) {
          LOG.warn("sending it on ended: {}", known.getMessage());
        } else {
          LOG.error("{}: sending it on ended", source.id(), e);
        }
        writer.close();
      }
    } finally {
      ended.countDown();
    }
  }

  private void readAll() {
    reconnects.connecting();
    resumed = reached != null;
    try (PacketReader open = source.openPackets(Optional.ofNullable(reached))) {
      reader = open;
      while (!over() && open.tryAdvance(this::put)) {}
    } finally {
      reader = null;
    }
  }

  private void put(EncodedPacket packet) {
    reconnects.packet();
    boolean again = resumed && packet.info().decodeOnly(); // it was put before
    if (!again) {
      refused = true;
      writer.put(packet);
      refused = false;
      packet.position().ifPresent(position -> reached = position);
    }
  }

  /** The source ended by itself: nothing of it is to be lost. */
  private void finish() throws InterruptedException {
    if (!writer.flush(LAST_WORDS)) {
      LOG.warn(
          "{}: it ended, and not all of it could be stored: {}",
          source.id(),
          writer.statistics().lastError().orElse("a minute was not enough"));
    }
    writer.close();
  }

  private void recover(SourceException why) throws InterruptedException {
    if (over()) {
      return;
    }
    trouble = why.getMessage();
    Duration delay = reconnects.failed(why, reached != null);
    writer.flush(Duration.ZERO); // what came may be all for hours: it is not to wait
    LOG.info("{}: {}; reading again in {}", source.id(), why.getMessage(), delay);
    boolean unused = closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean over() {
    return closing.getCount() == 0;
  }
}
