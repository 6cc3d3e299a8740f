package io.videoml.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.resilience.Resilience;
import io.videoml.resilience.ResilientReader;
import io.videoml.resilience.StreamObserver;
import io.videoml.resilience.StreamState;
import io.videoml.resilience.StreamStatus;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a stream on a thread of its own, and remembers all that happened. */
final class WatchedStream implements AutoCloseable, StreamObserver {
  /** A frame that came, in which connection, and when. */
  record Seen(FrameInfo info, int connection, long atNanos, Instant at) {}

  /** An attempt that was announced. */
  record Retry(SourceException why, int attempt, Duration delay, long atNanos) {}

  private final List<Seen> frames = new CopyOnWriteArrayList<>();
  private final List<Retry> retries = new CopyOnWriteArrayList<>();
  private final List<SourceException> losses = new CopyOnWriteArrayList<>();
  private final List<StreamStatus> states = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final ResilientReader reader;
  private final Thread thread;
  private volatile @Nullable RuntimeException end;

  private WatchedStream(FrameSource source, Resilience resilience) {
    reader = resilience.reader(source, Optional.empty(), DecodeDemand.ALL, this);
    thread = new Thread(this::read, "contract-stream");
    thread.setDaemon(true);
  }

  static WatchedStream of(FrameSource source, Resilience resilience) {
    WatchedStream stream = new WatchedStream(source, resilience);
    stream.thread.start();
    return stream;
  }

  private void read() {
    try {
      while (reader.tryAdvance(this::see)) {}
    } catch (RuntimeException e) {
      end = e;
    }
  }

  private void see(Frame frame) {
    frames.add(new Seen(frame.info(), connections.get(), System.nanoTime(), Instant.now()));
  }

  @Override
  public void onConnected(StreamInfo stream) {
    connections.incrementAndGet();
  }

  @Override
  public void onDisconnected(SourceException why) {
    losses.add(why);
  }

  @Override
  public void onReconnecting(SourceException why, int attempt, Duration delay) {
    retries.add(new Retry(why, attempt, delay, System.nanoTime()));
  }

  @Override
  public void onState(StreamStatus status) {
    states.add(status);
  }

  List<Seen> frames() {
    return frames;
  }

  List<Retry> retries() {
    return retries;
  }

  /** Returns why connections that had been open were lost. */
  List<SourceException> losses() {
    return losses;
  }

  int connections() {
    return connections.get();
  }

  ResilientReader reader() {
    return reader;
  }

  boolean entered(StreamState state) {
    return states.stream().anyMatch(status -> status.state() == state);
  }

  /** Waits until so many more frames have come. */
  void awaitFrames(int more) {
    int wanted = frames.size() + more;
    await(more + " more frames", () -> frames.size() >= wanted);
  }

  /** Waits, and fails with all that is known where it takes much too long. */
  void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(20), condition);
  }

  void await(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("%s: not within %s; %s", what, limit, this)
          .isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /**
   * Waits for the first frame after a moment that is of another connection than before, and checks
   * how long it took, less the delay before the attempt that brought it.
   */
  void assertBackWithin(Duration limit, long sinceNanos, int connectionBefore) {
    await("frames again", () -> back(sinceNanos, connectionBefore).isPresent());
    Seen first = back(sinceNanos, connectionBefore).orElseThrow();
    Duration delay =
        retries.stream()
            .filter(retry -> retry.atNanos() <= first.atNanos())
            .reduce((earlier, later) -> later)
            .map(Retry::delay)
            .orElse(Duration.ZERO);
    Duration took = Duration.ofNanos(first.atNanos() - sinceNanos);
    FaultReport.saw(
        "frames again after %d ms, last backoff %d ms"
            .formatted(took.toMillis(), delay.toMillis()));
    assertThat(took)
        .as(
            "frames again after %s ms, backoff of %s ms; %s",
            took.toMillis(), delay.toMillis(), this)
        .isLessThanOrEqualTo(limit.plus(delay));
    await("live again", () -> reader.status().state() == StreamState.LIVE);
  }

  private Optional<Seen> back(long sinceNanos, int connectionBefore) {
    return frames.stream()
        .filter(seen -> seen.atNanos() >= sinceNanos && seen.connection() > connectionBefore)
        .findFirst();
  }

  /** Checks that media time never went back, and that indices only grew. */
  void assertOneTimeline() {
    assertThat(frames).extracting(seen -> seen.info().time().pts()).isSorted();
    assertThat(frames).extracting(seen -> seen.info().index()).isSorted().doesNotHaveDuplicates();
  }

  /** Checks that the last loss, and every failed attempt since, is of one of these kinds. */
  void assertSays(List<Kind> loss, List<Kind> retry) {
    assertThat(losses).as("why it was lost: %s", this).isNotEmpty();
    assertThat(losses.get(losses.size() - 1).kind()).as("%s", this).isIn(loss);
    for (Retry each : retries) {
      assertThat(each.why().kind()).as("%s", each.why().getMessage()).isIn(union(loss, retry));
    }
  }

  private static List<Kind> union(List<Kind> one, List<Kind> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** Returns the states in the order in which they were entered, and what was said to be wrong. */
  private String history() {
    String entered =
        states.stream()
            .map(status -> status.state().code())
            .distinct()
            .collect(Collectors.joining(", "));
    String said =
        Stream.concat(losses.stream(), retries.stream().map(Retry::why))
            .map(why -> why.kind().code())
            .distinct()
            .collect(Collectors.joining(", "));
    return entered + (said.isEmpty() ? "" : "; said " + said);
  }

  @Override
  public void close() {
    FaultReport.saw(history());
    reader.close();
    try {
      thread.join(Duration.ofSeconds(20).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).as("still reading after closing; %s", this).isFalse();
  }

  @Override
  public String toString() {
    return "%s; %d frames in %d connections; lost: %s; retries: %s; ended: %s"
        .formatted(
            reader.status(),
            frames.size(),
            connections.get(),
            losses,
            retries.stream()
                .map(r -> r.why().kind() + " +" + r.delay().toMillis() + " ms")
                .toList(),
            end);
  }
}
