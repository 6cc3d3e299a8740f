package io.videoml.kvs.putmedia;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Takes all that a publisher has: answers are small. */
final class Taking implements Subscriber<ByteBuffer> {
  private final Consumer<ByteBuffer> next;
  private final Runnable complete;
  private final Consumer<Throwable> failed;

  Taking(Consumer<ByteBuffer> next, Runnable complete, Consumer<Throwable> failed) {
    this.next = next;
    this.complete = complete;
    this.failed = failed;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer bytes) {
    next.accept(bytes);
  }

  @Override
  public void onError(Throwable thrown) {
    failed.accept(thrown);
  }

  @Override
  public void onComplete() {
    complete.run();
  }
}
