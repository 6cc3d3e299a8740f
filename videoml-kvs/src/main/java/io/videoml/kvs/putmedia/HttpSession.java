package io.videoml.kvs.putmedia;

import io.videoml.kvs.client.KvsFailure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * One request whose answer is read while it is sent. The client takes sixteen pieces at most before
 * the network took them; pieces are not copied.
 */
final class HttpSession implements PutMediaSession {
  private final SessionEvents events;
  private final RequestBody body;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable CompletableFuture<Void> call;

  HttpSession(SessionEvents events) {
    this.events = events;
    this.body = new RequestBody(events::onReady);
  }

  void start(SdkAsyncHttpClient http, SdkHttpFullRequest request) {
    CompletableFuture<Void> started =
        http.execute(
            AsyncExecuteRequest.builder()
                .request(request)
                .requestContentPublisher(body)
                .fullDuplex(true) // else the answer is kept back until the request ends
                .responseHandler(new Answer())
                .build());
    call = started;
    if (over.get()) { // it ended before there was anything to hang up
      hangUp();
    }
    CompletableFuture<Void> unused =
        started.whenComplete(
            (none, thrown) -> {
              if (thrown == null) {
                end(Optional.empty());
              } else {
                end(Optional.of(KvsFailure.of(thrown)));
              }
            });
  }

  @Override
  public boolean ready() {
    return !over.get() && body.ready();
  }

  @Override
  public void send(ByteBuffer bytes) {
    body.send(bytes);
  }

  @Override
  public void finish() {
    body.finish();
  }

  @Override
  public void close() {
    over.set(true);
    hangUp();
  }

  private void hangUp() {
    body.stop();
    CompletableFuture<Void> running = call;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void end(Optional<KvsFailure> failure) {
    if (over.compareAndSet(false, true)) {
      events.onEnd(failure);
      hangUp(); // the request's body has no end of its own
    }
  }

  private final class Answer implements SdkAsyncHttpResponseHandler {
    private @Nullable RefusalReader refusal;

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      if (headers.isSuccessful()) {
        events.onAccepted();
      } else {
        refusal = new RefusalReader(headers);
      }
    }

    @Override
    public void onStream(Publisher<ByteBuffer> answer) {
      RefusalReader refused = refusal;
      if (refused == null) {
        AckScanner scanner =
            new AckScanner(
                ack -> {
                  if (!over.get()) {
                    events.onAck(ack);
                  }
                });
        answer.subscribe(
            new Taking(scanner::feed, () -> end(Optional.empty()), HttpSession.this::failed));
      } else {
        Runnable done = () -> end(Optional.of(refused.failure()));
        answer.subscribe(new Taking(refused::feed, done, thrown -> done.run()));
      }
    }

    @Override
    public void onError(Throwable error) {
      failed(error);
    }
  }

  private void failed(Throwable thrown) {
    end(Optional.of(KvsFailure.of(thrown)));
  }
}
