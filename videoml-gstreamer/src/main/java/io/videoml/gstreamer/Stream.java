package io.videoml.gstreamer;

import io.videoml.gstreamer.Unit.Fate;
import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the pipelines of one open stream, from making to their last reference, on a thread of its
 * own: takes coded pictures from the front, hands them to the decoder as far as they are demanded,
 * and watches for errors. Nothing of ours ever runs on a thread of GStreamer.
 */
final class Stream implements Running, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
  private static final AtomicLong THREADS = new AtomicLong();
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long NAP_NANOS = 500_000;
  private static final long END_NAP_NANOS = 2_000_000;
  private static final long MAX_WAITING = 90; // coded pictures of a live stream: some three seconds

  private final Settings settings;
  private final Front front;
  private final UnitLog log = new UnitLog();
  private final Slot slot = new Slot();
  private final Pacing pacing = new Pacing();
  private final Feeder feeder;
  private final AtomicLong bytes = new AtomicLong();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Thread thread;

  private volatile boolean stopping;
  private volatile @Nullable SourceException failure;
  private volatile @Nullable SourceException endFailure;
  private volatile @Nullable Decoding decoding;
  private volatile long lastUnitNanos = System.nanoTime();
  private volatile boolean finished;
  private boolean endSent;

  Stream(Settings settings, Front front, DecodeDemand demand, boolean fromRtp) {
    this.settings = settings;
    this.front = front;
    this.feeder = new Feeder(demand, fromRtp);
    this.thread = new Thread(this, "videoml-gstreamer-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public boolean awaitEnd(long millis) throws InterruptedException {
    return gone.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Wakes the feeding of a stream that waits for its reader. */
  void hungry() {
    pacing.hungry();
    LockSupport.unpark(thread);
  }

  void sated() {
    pacing.sated();
  }

  Slot slot() {
    return slot;
  }

  UnitLog log() {
    return log;
  }

  Feeder feeder() {
    return feeder;
  }

  long bytes() {
    return bytes.get();
  }

  long lastUnitNanos() {
    return lastUnitNanos;
  }

  @Override
  public boolean started() {
    return decoding != null;
  }

  @Override
  public @Nullable SourceException failure() {
    return failure;
  }

  /** Returns whether every picture came out, and was pulled. */
  boolean finished() {
    return finished;
  }

  /** Returns what its end means where that is a fault; null where it is none, or not there. */
  @Nullable SourceException endFailure() {
    return endFailure;
  }

  /** Returns what is decoded, and by what; null before the first picture came. */
  @Nullable Decoding decoding() {
    return decoding;
  }

  @Override
  public void run() {
    Intake intake = new Intake(settings, front);
    try {
      intake.start();
      while (!stopping) {
        intake.check();
        checkDecoder(intake);
        if (endSent) {
          finish(intake);
        } else {
          step(intake);
        }
      }
    } catch (SourceException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = new SourceException(Kind.CORRUPT, settings.id(), "cannot be read: " + e, e);
      LOG.error("reading {} failed within the library", settings.id(), e);
    } finally {
      try {
        slot.put(null);
        intake.close();
      } finally {
        gone.countDown();
      }
    }
  }

  /** A decoder that fails ends as well, but says so before: hence the order. */
  private void finish(Intake intake) {
    boolean ended = slot.ended();
    checkDecoder(intake);
    if (ended && slot.ended()) {
      finished = true;
      LockSupport.parkNanos(SLICE_NANOS);
    } else {
      LockSupport.parkNanos(END_NAP_NANOS);
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
      adapt(intake);
    }
    Decoding current = decoding;
    if (current == null) {
      throw new IllegalStateException("a picture came before its caps");
    }
    bytes.addAndGet(Gst.gst_buffer_get_size(buffer));
    if (current.keysUnknown() && feeder.keysOnly()) {
      throw new SourceException(
          Kind.CONFIGURATION,
          settings.id(),
          "key frames cannot be told behind a decoder of the description; end it before the"
              + " decoder, as with parsebin, and videoml decodes");
    }
    if (settings.live() && backOf(intake).waiting() > MAX_WAITING) {
      feeder.overrun();
    }
    Unit unit = feeder.look(buffer, current, intake.lostSome());
    if (unit.fate() == Fate.FED && !settings.live()) {
      awaitRoom(intake);
    }
    log.note(unit);
    if (unit.fate() == Fate.FED) {
      backOf(intake).feed(sample);
      pacing.fed();
    }
  }

  /** Waits until the decoder, which may be replaced meanwhile, is to get more. */
  private void awaitRoom(Intake intake) {
    while (!stopping
        && !pacing.mayFeed(backOf(intake).waiting(), log.inFlight(), feeder.keysOnly())) {
      intake.check();
      checkDecoder(intake);
      LockSupport.parkNanos(NAP_NANOS);
    }
  }

  private static Back backOf(Intake intake) {
    Back back = intake.back();
    if (back == null) {
      throw new IllegalStateException("a picture came before its caps");
    }
    return back;
  }

  /** Finds a decoder for what comes now. */
  private void adapt(Intake intake) {
    Decoding before = decoding;
    Caps caps = intake.caps();
    if (before != null && !before.caps().type().equals(caps.type())) {
      throw new SourceException(
          Kind.ENDED,
          settings.id(),
          "changed from " + before.caps().codec() + " to " + caps.codec() + "; open it again");
    }
    if (before == null) {
      Back back = intake.chooseDecoder();
      slot.put(back);
      decoding = intake.decoding(back);
    } else {
      decoding = before.with(caps);
    }
  }

  private void checkDecoder(Intake intake) {
    Back back = intake.back();
    if (back == null) {
      return;
    }
    for (Message m = back.pipe().pop(0); m != null; m = back.pipe().pop(0)) {
      if (m.error()) {
        Back next = intake.nextDecoder(m);
        feeder.newDecoder();
        slot.put(next);
        decoding = intake.decoding(next);
        if (endSent) {
          next.endOfStream();
        }
        return;
      }
    }
  }

  private void end(Intake intake) {
    intake.check(); // what it says of its end may have come just now
    Back back = intake.back();
    if (back == null) {
      throw new SourceException(
          settings.live() ? Kind.ENDED : Kind.CORRUPT,
          settings.id(),
          "ended before its first picture");
    }
    endFailure = intake.endFailure();
    endSent = true;
    back.endOfStream();
  }
}
