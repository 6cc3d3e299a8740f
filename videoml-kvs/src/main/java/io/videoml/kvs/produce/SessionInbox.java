package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.putmedia.Ack;
import io.videoml.kvs.putmedia.SessionEvents;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what comes of one session to the thread that sends.
 *
 * <p>Threading: the network puts in, one thread takes out.
 */
final class SessionInbox implements SessionEvents {
  private final Runnable wake;
  private final Queue<Ack> acks = new ConcurrentLinkedQueue<>();
  private volatile boolean accepted;
  private volatile Optional<KvsFailure> failure = Optional.empty();
  private volatile boolean ended;

  SessionInbox(Runnable wake) {
    this.wake = wake;
  }

  @Override
  public void onReady() {
    wake.run();
  }

  @Override
  public void onAccepted() {
    accepted = true;
    wake.run();
  }

  @Override
  public void onAck(Ack ack) {
    acks.add(ack);
    wake.run();
  }

  @Override
  public void onEnd(Optional<KvsFailure> why) {
    failure = why;
    ended = true;
    wake.run();
  }

  boolean accepted() {
    return accepted;
  }

  @Nullable Ack next() {
    return acks.poll();
  }

  /** Returns whether it is over; look at what came before first. */
  boolean ended() {
    return ended;
  }

  /** Returns what went wrong, if something did. */
  Optional<KvsFailure> failure() {
    return failure;
  }
}
