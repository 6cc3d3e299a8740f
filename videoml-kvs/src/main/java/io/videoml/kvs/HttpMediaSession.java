package io.videoml.kvs;

import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsFailure;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * One response that is media, as of GetMedia. Bytes wait in a queue; while it is full nothing is
 * asked for, so that the sender waits as well.
 *
 * <p>Threading: safe; the network's threads never wait.
 */
final class HttpMediaSession<R>
    implements MediaSession, AsyncResponseTransformer<R, Void>, Subscriber<ByteBuffer> {
  private static final int FULL = 1 << 20;

  private final CompletableFuture<Void> received = new CompletableFuture<>();
  private final ArrayDeque<MediaChunk> chunks = new ArrayDeque<>(); // guarded by this, as all below
  private long bytes;
  private boolean waiting; // nothing is asked for, since the queue is full
  private boolean answered;
  private boolean complete;
  private boolean closed;
  private @Nullable Throwable failure;
  private @Nullable Subscription subscription;
  private @Nullable CompletableFuture<Void> call;

  /** Asks for the media. */
  void call(Function<AsyncResponseTransformer<R, Void>, CompletableFuture<Void>> request) {
    CompletableFuture<Void> asked = request.apply(this);
    synchronized (this) {
      call = asked; // nobody else knows this yet, to close it
    }
    CompletableFuture<Void> unused =
        asked.whenComplete(
            (nothing, thrown) -> {
              if (thrown != null) {
                fail(thrown);
              }
            });
  }

  @Override
  public MediaChunk next(long nanos) throws InterruptedException {
    MediaChunk chunk;
    Subscription more = null;
    synchronized (this) {
      long end = System.nanoTime() + nanos;
      for (long left = nanos;
          chunks.isEmpty() && !over() && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      chunk = chunks.poll();
      if (chunk == null) {
        return nothing();
      }
      bytes -= chunk.bytes().remaining();
      if (waiting && bytes < FULL / 2) {
        waiting = false;
        more = subscription;
      }
    }
    if (more != null) {
      more.request(1);
    }
    return chunk;
  }

  private boolean over() {
    return complete || closed || failure != null;
  }

  private MediaChunk nothing() throws InterruptedException {
    if (failure != null) {
      if (KvsClients.causedByInterrupt(failure)) {
        throw new InterruptedException("interrupted while asking for media");
      }
      throw new MediaException(KvsFailure.of(failure));
    }
    return over() ? MediaChunk.END : MediaChunk.NOTHING;
  }

  @Override
  public synchronized boolean answered() {
    return answered;
  }

  @Override
  public void close() {
    Subscription open;
    CompletableFuture<Void> asked;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      chunks.clear();
      open = subscription;
      asked = call;
      notifyAll();
    }
    if (open != null) {
      open.cancel();
    }
    if (asked != null) {
      asked.cancel(true);
    }
  }

  private synchronized void fail(Throwable thrown) {
    if (failure == null && !complete) {
      failure = thrown;
    }
    notifyAll();
  }

  @Override
  public CompletableFuture<Void> prepare() {
    return received;
  }

  @Override
  public synchronized void onResponse(R response) {
    answered = true;
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> publisher) {
    publisher.subscribe(this);
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    fail(error);
    received.completeExceptionally(error);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    boolean wanted;
    synchronized (this) {
      wanted = subscription == null && !closed;
      if (wanted) {
        subscription = begun;
      }
    }
    if (wanted) {
      begun.request(1);
    } else {
      begun.cancel();
    }
  }

  @Override
  public void onNext(ByteBuffer data) {
    Subscription more = null;
    synchronized (this) {
      if (closed) {
        return;
      }
      chunks.add(MediaChunk.of(data, System.nanoTime()));
      bytes += data.remaining();
      if (bytes < FULL) {
        more = subscription;
      } else {
        waiting = true;
      }
      notifyAll();
    }
    if (more != null) {
      more.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    fail(error);
    received.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      complete = true;
      notifyAll();
    }
    received.complete(null);
  }
}
