package io.videoml.kvs.produce;

import io.videoml.kvs.putmedia.PutMediaService;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives an uploader on a thread of its own, and tells the listener what happened. */
final class UploadWorker {
  private static final Logger LOG = LoggerFactory.getLogger(KvsWriter.class);

  private final String who;
  private final ProducerListener listener;
  private final Queue<ProducerEvent> events = new ConcurrentLinkedQueue<>();
  private final Object monitor = new Object();
  private final Thread thread;
  private boolean woken; // guarded by the monitor, as below
  private boolean stopping;
  private @Nullable Runnable work;

  UploadWorker(String who, ProducerListener listener) {
    this.who = who;
    this.listener = listener;
    this.thread = new Thread(this::run, "videoml-put-" + who);
    this.thread.setDaemon(true);
  }

  /** Starts the thread, which closes what it is given when it is stopped. */
  void start(Uploader uploader, FragmentStore store, PutMediaService service) {
    work = () -> drive(uploader, store, service);
    thread.start();
  }

  /** Has the uploader looked after; any thread. */
  void wake() {
    synchronized (monitor) {
      woken = true;
      monitor.notifyAll();
    }
  }

  /** Tells the listener, soon; any thread. */
  void tell(ProducerEvent event) {
    events.add(event);
  }

  /** Stops, and waits for that a while. */
  void stop(long millis) throws InterruptedException {
    synchronized (monitor) {
      stopping = true;
      monitor.notifyAll();
    }
    thread.interrupt(); // it may ask the service for something
    if (Thread.currentThread() != thread) {
      thread.join(millis);
    }
  }

  /** Tells the listener what is left to tell; once the thread has ended. */
  void tellRest() {
    deliver();
  }

  private void run() {
    Runnable assigned = work;
    if (assigned != null) {
      assigned.run();
    }
  }

  private void drive(Uploader uploader, FragmentStore store, PutMediaService service) {
    try {
      while (!stopping()) {
        long wait = uploader.step();
        deliver();
        await(wait);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{}: sending failed in an unexpected way, and stops", who, e);
      String what = "sending failed in an unexpected way, with " + e.getClass().getName();
      SourceException failure = new SourceException(Kind.CORRUPT, who, what, e);
      store.end(failure);
      tell(new ProducerEvent.Failed(failure));
    } finally {
      uploader.close();
      service.close();
      deliver();
    }
  }

  private boolean stopping() {
    synchronized (monitor) {
      return stopping;
    }
  }

  private void await(long nanos) {
    synchronized (monitor) {
      long deadline = nanos == Uploader.NEVER ? 0 : System.nanoTime() + nanos;
      while (!woken && !stopping) {
        long left = nanos == Uploader.NEVER ? Long.MAX_VALUE : deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(monitor, left);
        } catch (InterruptedException e) {
          break; // only stop() interrupts
        }
      }
      woken = false;
    }
  }

  private void deliver() {
    ProducerEvent event;
    while ((event = events.poll()) != null) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        LOG.warn("{}: the listener failed", who, e);
      }
    }
  }
}
