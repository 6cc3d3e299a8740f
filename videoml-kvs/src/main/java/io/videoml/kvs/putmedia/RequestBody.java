package io.videoml.kvs.putmedia;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * The body of a request, sent piece by piece, as the client asks for more.
 *
 * <p>Threading: one thread sends; the client asks from its own.
 */
final class RequestBody implements SdkHttpContentPublisher {
  private final Runnable wanted;
  private @Nullable Subscriber<? super ByteBuffer> subscriber; // guarded by this, as all below
  private long demand;
  private boolean done;

  /**
   * @param wanted called when more can be sent
   */
  RequestBody(Runnable wanted) {
    this.wanted = wanted;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.empty();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> one) {
    synchronized (this) {
      subscriber = one;
    }
    one.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            more(n);
          }

          @Override
          public void cancel() {
            stop();
          }
        });
  }

  synchronized boolean ready() {
    return !done && demand > 0;
  }

  void send(ByteBuffer bytes) {
    Subscriber<? super ByteBuffer> to;
    synchronized (this) {
      if (done) {
        return; // cut meanwhile, as the sender will hear
      }
      to = subscriber;
      if (demand == 0 || to == null) {
        throw new IllegalStateException("nothing was asked for");
      }
      demand--;
    }
    to.onNext(bytes);
  }

  /** Ends the body. */
  void finish() {
    Subscriber<? super ByteBuffer> to;
    synchronized (this) {
      to = done ? null : subscriber;
      done = true;
    }
    if (to != null) {
      to.onComplete();
    }
  }

  /** Sends nothing any more. */
  synchronized void stop() {
    done = true;
  }

  private void more(long n) {
    synchronized (this) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    }
    wanted.run();
  }
}
