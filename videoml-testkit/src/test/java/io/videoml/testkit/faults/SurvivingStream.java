package io.videoml.testkit.faults;

import io.videoml.frame.FrameInfo;
import io.videoml.resilience.ConnectLimits;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.resilience.StreamObserver;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source that is read on a thread of its own until it ends, with everything recorded. */
final class SurvivingStream implements AutoCloseable, StreamObserver {
  static final Resilience QUICK =
      new Resilience(
          ReconnectPolicy.defaults()
              .backoff(Duration.ofMillis(2), 2, Duration.ofMillis(10))
              .slowly(Duration.ofSeconds(1)),
          Liveness.defaults()
              .bytesWithin(Duration.ofMillis(600))
              .framesWithin(Duration.ofMillis(800))
              .firstFrameWithin(Duration.ofMillis(1000)),
          ConnectLimits.defaults());

  final ResilientReader reader;
  final Thread thread;
  final List<FrameInfo> frames = new CopyOnWriteArrayList<>();
  final List<StreamState> states = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Duration> delays = new CopyOnWriteArrayList<>();
  volatile @Nullable RuntimeException failure;
  volatile boolean interruptLeft;

  SurvivingStream(FrameSource source, Resilience resilience) {
    this(source, resilience, frame -> {});
  }

  SurvivingStream(FrameSource source, Resilience resilience, FrameHandler handler) {
    reader = resilience.reader(source, Optional.empty(), DecodeDemand.ALL, this);
    thread = new Thread(() -> read(handler), "test-" + source.id());
    thread.setDaemon(true);
    thread.start();
  }

  private void read(FrameHandler handler) {
    try {
      while (reader.tryAdvance(
          frame -> {
            if (frames.size() < 1000) { // copying ever larger lists would take over
              frames.add(frame.info());
            }
            handler.onFrame(frame);
          })) {}
    } catch (RuntimeException e) {
      failure = e;
    }
    interruptLeft = Thread.currentThread().isInterrupted();
  }

  StreamState state() {
    return reader.status().state();
  }

  void awaitState(StreamState state) {
    Until.isTrue(state + ", was " + states + " " + told, () -> state() == state);
  }

  void awaitConnects(long connects) {
    Until.isTrue(connects + " connects, " + states, () -> reader.status().connects() >= connects);
  }

  /** Waits for so many more frames than there are now. */
  void awaitMoreFrames(int number) {
    int before = frames.size();
    Until.isTrue("frames, " + states, () -> frames.size() >= before + number);
  }

  SourceException.Kind failureKind() {
    return failure instanceof SourceException e ? e.kind() : null;
  }

  @Override
  public void onConnected(StreamInfo stream) {
    told.add("connected");
  }

  @Override
  public void onDisconnected(SourceException why) {
    told.add("disconnected " + why.kind().code());
  }

  @Override
  public void onReconnecting(SourceException why, int attempt, Duration delay) {
    told.add("attempt " + attempt + " after " + why.kind().code());
    delays.add(delay);
  }

  @Override
  public void onState(StreamStatus status) {
    states.add(status.state());
    told.add(status.state().code());
  }

  @Override
  public void close() {
    reader.close();
    Until.ended(thread);
  }
}
