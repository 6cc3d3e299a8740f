package io.videoml.kvs.produce;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.putmedia.PutMediaService;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts encoded pictures into a stream.
 *
 * <p>Threading: one thread puts, tags and flushes; any may ask and close.
 */
public final class KvsWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KvsWriter.class);
  private static final long JOIN_MILLIS = 1000;

  private final String who;
  private final WriterSettings settings;
  private final FragmentStore store;
  private final UploadWorker worker;
  private final Assembler assembler; // guarded by itself
  private final @Nullable Spool spool;
  private boolean closed; // guarded by this

  private KvsWriter(
      String who,
      WriterSettings settings,
      FragmentStore store,
      UploadWorker worker,
      Assembler assembler,
      @Nullable Spool spool) {
    this.who = who;
    this.settings = settings;
    this.store = store;
    this.worker = worker;
    this.assembler = assembler;
    this.spool = spool;
  }

  /** Opens a writer, which closes the service. */
  static KvsWriter open(
      String who, WriterSettings settings, PutMediaService service, ProducerListener listener) {
    UploadWorker worker = new UploadWorker(who, listener);
    Counters counters = new Counters();
    Spool spool = null;
    try {
      spool = settings.spooled().map(each -> Spool.open(each, who)).orElse(null);
      FragmentStore store =
          new FragmentStore(who, settings, spool, counters, worker::tell, worker::wake);
      List<Fragment> left = spool == null ? List.of() : spool.scan(worker::tell);
      store.adopt(left);
      long next = left.isEmpty() ? 0 : left.get(left.size() - 1).sequence + 1;
      int run = left.stream().mapToInt(each -> each.run + 1).max().orElse(0);
      LongSupplier nanos = System::nanoTime;
      Uploader uploader =
          new Uploader(
              who,
              settings,
              store,
              service,
              counters,
              worker::tell,
              worker::wake,
              nanos,
              new Retries(settings.reconnect(), new Random()));
      worker.start(uploader, store, service);
      Assembler assembler = new Assembler(settings, store, counters, next, run);
      return new KvsWriter(who, settings, store, worker, assembler, spool);
    } catch (RuntimeException | IOException e) {
      service.close();
      if (spool != null) {
        spool.close();
      }
      if (e instanceof RuntimeException known) {
        throw known;
      }
      throw new SourceException(
          Kind.CONFIGURATION, who, "the spool's directory cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Puts a picture; copies it. Waits only where there is no room and the writer is to block, and
   * where a spool writes a fragment. Pictures before the first key frame, or before the parameter
   * sets that they need, are counted as skipped. Those that are only to be decoded are put, too:
   * what follows depends on them. A stream cannot say that they are hidden, so whoever reads it
   * sees them.
   *
   * @throws SourceException if the writer was closed or failed, or the thread was interrupted while
   *     it waited
   * @throws IllegalArgumentException if the service cannot take the format
   */
  public void put(EncodedPacket packet) {
    put(requireNonNull(packet, "packet").info(), packet.data());
  }

  /**
   * Puts a picture that an encoder of the caller's made; see the other method.
   *
   * @param data of H.264 and H.265 its NAL units, separated as the format says; not changed, and
   *     not needed any more when this returns
   * @param time when it was taken; in the order of showing where pictures are not in it
   */
  public void put(ByteBuffer data, Instant time, boolean keyFrame, EncodedFormat format) {
    long nanos =
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    put(
        new PacketInfo(
            format, nanos, nanos, keyFrame, false, false, time, CaptureClock.PTS_ANCHORED, 0),
        requireNonNull(data, "data"));
  }

  private void put(PacketInfo info, ByteBuffer data) {
    store.check();
    synchronized (assembler) {
      assembler.put(info, data);
    }
  }

  /**
   * Puts a tag on the fragment that is being put together, or on the next.
   *
   * @throws IllegalArgumentException if the service would refuse it
   */
  public void tag(String name, String value) {
    FragmentTags.check(name, value);
    synchronized (assembler) {
      assembler.tag(name, value);
    }
  }

  /**
   * Ends the fragment that is being put together, if any: what follows it is not there, or comes
   * much later. The next begins with a key frame; pictures before it are skipped.
   */
  public void endFragment() {
    synchronized (assembler) {
      assembler.breakOff();
    }
  }

  /**
   * Ends the fragment that is being put together, and waits until all that was put is stored. What
   * is put afterwards goes into a new fragment, which begins without a key frame if the next
   * picture is none.
   *
   * @return whether it is, or was given up and reported; false where the time was too short
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean flush(Duration atMost) throws InterruptedException {
    requireNonNull(atMost, "atMost");
    synchronized (assembler) {
      assembler.end();
    }
    return store.awaitEmpty(atMost.toNanos());
  }

  /** Returns what this did so far; still answers after closing. */
  public ProducerStatistics statistics() {
    return store.statistics();
  }

  /** Returns what is not stored, in order; still answers after closing. */
  public List<FragmentInfo> pending() {
    List<FragmentInfo> infos = new ArrayList<>();
    store.pending().forEach(each -> infos.add(store.info(each)));
    return infos;
  }

  String name() {
    return who;
  }

  @Override
  public String toString() {
    return "KvsWriter[" + who + "]";
  }

  /**
   * Ends the fragment that is being put together, waits a while for what is on its way, and stops;
   * takes three seconds at most, more only by the close timeout. What is not stored then is {@link
   * #pending}, and is reported as dropped, unless a spool keeps it. A thread that waits for room to
   * put fails. Closing again does nothing.
   */
  @Override
  public void close() {
    close(settings.closeTimeout());
  }

  void close(Duration atMost) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    boolean interrupted = Thread.interrupted();
    store.closing(); // else whoever waits for room holds the assembler
    try {
      drain(interrupted ? Duration.ZERO : atMost);
      store.end(new SourceException(Kind.CLOSED, who, "the writer was closed"));
      worker.stop(JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    store.end(new SourceException(Kind.CLOSED, who, "the writer was closed"));
    report();
    if (spool != null) {
      spool.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(Duration atMost) throws InterruptedException {
    try {
      synchronized (assembler) {
        assembler.end();
      }
    } catch (SourceException e) {
      LOG.debug("{}: the spool has no room for the last fragment", who, e);
    }
    store.awaitEmpty(atMost.toNanos());
  }

  private void report() {
    int left = store.giveUpRest();
    if (left > 0) {
      LOG.warn("{}: closed before {} fragments were stored", who, left);
    }
    worker.tellRest();
  }
}
