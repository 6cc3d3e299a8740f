package io.videoml.gstreamer;

import io.videoml.packet.EncodedFormat;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the front of one open camera, on a thread of its own, and keeps its coded pictures until
 * they are taken: so many at most, after which all up to a key frame are lost.
 */
final class PacketStream implements Running, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PacketStream.class);
  private static final AtomicLong THREADS = new AtomicLong();
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How many packets are kept for a slow reader. */
  static final int MOST_KEPT = 256;

  private static final long MAX_BYTES = 8 << 20;

  private final Settings settings;
  private final int mostKept;
  private final Front front;
  private final PacketMaker maker;
  private final BlockingQueue<GstPacket> packets = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Thread thread;

  private volatile boolean stopping;
  private volatile @Nullable SourceException failure;
  private volatile boolean ended;
  private volatile long lastUnitNanos = System.nanoTime();

  PacketStream(Settings settings, Front front, int mostKept) {
    this.settings = settings;
    this.mostKept = mostKept;
    this.front = front;
    this.maker = new PacketMaker(settings.id());
    this.thread = new Thread(this, "videoml-gstreamer-packets-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public boolean awaitEnd(long millis) throws InterruptedException {
    return gone.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean started() {
    return maker.format() != null;
  }

  @Override
  public @Nullable SourceException failure() {
    return failure;
  }

  /** Returns whether everything came that will come. */
  boolean ended() {
    return ended;
  }

  EncodedFormat format() {
    EncodedFormat format = maker.format();
    if (format == null) {
      throw new IllegalStateException("nothing came yet");
    }
    return format;
  }

  long bytes() {
    return bytes.get();
  }

  long lastUnitNanos() {
    return lastUnitNanos;
  }

  /** Returns how many packets wait to be taken. */
  int kept() {
    return packets.size();
  }

  /** Returns the next packet, waiting for it so long; null where none came. */
  @Nullable GstPacket poll(long nanos) throws InterruptedException {
    GstPacket packet = packets.poll(nanos, TimeUnit.NANOSECONDS);
    if (packet != null) {
      waitingBytes.addAndGet(-packet.data().remaining());
    }
    return packet;
  }

  @Override
  public void run() {
    Intake intake = new Intake(settings, front);
    try {
      intake.start();
      while (!stopping && !ended) {
        intake.check();
        step(intake);
      }
    } catch (SourceException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = new SourceException(Kind.CORRUPT, settings.id(), "cannot be read: " + e, e);
      LOG.error("reading {} failed within the library", settings.id(), e);
    } finally {
      try (maker) {
        intake.close();
      } finally {
        gone.countDown();
      }
    }
  }

  private void step(Intake intake) {
    long sample = intake.pull(SLICE_NANOS);
    if (sample == 0) {
      if (intake.ended()) {
        end(intake);
      }
      return;
    }
    try {
      lastUnitNanos = System.nanoTime();
      handle(intake, sample);
    } finally {
      Gst.gst_mini_object_unref(sample);
    }
  }

  private void handle(Intake intake, long sample) {
    long buffer = Gst.gst_sample_get_buffer(sample);
    if (buffer == 0) {
      return;
    }
    if (intake.capsChanged(sample)) {
      maker.adopt(intake.caps());
    }
    bytes.addAndGet(Gst.gst_buffer_get_size(buffer));
    boolean room = packets.size() < mostKept && waitingBytes.get() < MAX_BYTES;
    GstPacket packet = maker.make(buffer, intake.lostSome(), room);
    if (packet != null) {
      waitingBytes.addAndGet(packet.data().remaining());
      packets.add(packet);
    }
  }

  private void end(Intake intake) {
    intake.check(); // what it says of its end may have come just now
    SourceException fault = intake.endFailure();
    if (fault != null) {
      throw fault;
    }
    if (!started()) {
      throw new SourceException(Kind.ENDED, settings.id(), "ended before its first picture");
    }
    ended = true;
  }
}
