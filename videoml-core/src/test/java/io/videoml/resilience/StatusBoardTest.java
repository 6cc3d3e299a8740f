package io.videoml.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusBoardTest {
  private final Listener told = new Listener();
  private final StatusBoard board = new StatusBoard("dock", told);
  private final SourceException lost = new SourceException(Kind.NETWORK, "dock", "gone");
  private final SourceException silent = new SourceException(Kind.STALLED, "dock", "silent");

  private static final class Listener implements StreamObserver {
    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void onConnected(StreamInfo stream) {
      calls.add("connected");
    }

    @Override
    public void onDisconnected(SourceException why) {
      calls.add("disconnected " + why.kind().code());
    }

    @Override
    public void onReconnecting(SourceException why, int attempt, Duration delay) {
      calls.add("attempt " + attempt + " after " + why.kind().code());
    }

    @Override
    public void onState(StreamStatus status) {
      calls.add(status.state().code());
    }
  }

  @Test
  void lifeOfAStream_isToldInOrder() {
    connect(1);
    board.failed(lost, false);
    board.disconnected(lost);
    board.backingOff(lost, Duration.ofMillis(3));
    connect(2);
    board.stalled(2, silent);
    board.failed(silent, false);
    board.end(StreamState.FAILED);

    assertThat(told.calls)
        .containsExactly(
            "connecting",
            "connected",
            "live",
            "disconnected network",
            "backing_off",
            "attempt 1 after network",
            "connecting",
            "connected",
            "live",
            "stalled",
            "failed");
    StreamStatus status = board.status();
    assertThat(status.state()).isEqualTo(StreamState.FAILED);
    assertThat(status.connects()).isEqualTo(2);
    assertThat(status.attempts()).isEqualTo(2);
    assertThat(status.lastProblem().orElseThrow().kind()).isEqualTo(Kind.STALLED);
    assertThat(status.lastProblem().orElseThrow().message()).isEqualTo("dock: silent");
    assertThat(status.toString()).contains("failed since").contains("dock: silent");
  }

  @Test
  void end_isTheEnd() {
    connect(1);
    board.end(StreamState.STOPPED);
    int calls = told.calls.size();

    connect(2);
    board.stalled(2, silent);
    board.failed(lost, false);
    board.disconnected(lost);
    board.backingOff(lost, Duration.ZERO);
    board.end(StreamState.FAILED);

    assertThat(told.calls).hasSize(calls);
    assertThat(board.status().state()).isEqualTo(StreamState.STOPPED);
    assertThat(board.status().connects()).isOne();
    assertThat(board.status().lastProblem()).isEmpty();
  }

  @Test
  void stalled_ofAConnectionThatIsGone_doesNotTouchTheNext() {
    connect(1);
    board.failed(lost, false);
    board.backingOff(lost, Duration.ZERO);
    board.stalled(1, silent); // the watch comes late
    assertThat(board.status().state()).isEqualTo(StreamState.BACKING_OFF);
    connect(2);
    board.stalled(1, silent);

    assertThat(board.status().state()).isEqualTo(StreamState.LIVE);
    assertThat(board.status().lastProblem().orElseThrow().kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void live_whileKnownToBeDead_staysStalled() {
    board.connecting(1);
    board.stalled(1, silent);
    board.live();

    assertThat(board.status().state()).isEqualTo(StreamState.STALLED);
  }

  @Test
  void failed_afterAHealthySpell_countsFromOne() {
    board.connecting(1);
    for (int i = 1; i <= 3; i++) {
      assertThat(board.failed(lost, false)).isEqualTo(i);
    }

    assertThat(board.failed(lost, /* wasHealthy= */ true)).isOne();
    board.healthy();
    assertThat(board.status().attempts()).isZero();
  }

  @Test
  void frame_isRemembered() {
    assertThat(board.status().lastFrame()).isEmpty();
    board.frame();
    assertThat(board.status().lastFrame()).isPresent();
  }

  @Test
  void observer_thatFails_isIsolated() {
    List<String> calls = new ArrayList<>();
    StatusBoard failing =
        new StatusBoard(
            "dock",
            new StreamObserver() {
              @Override
              public void onState(StreamStatus status) {
                calls.add(status.state().code());
                if (calls.size() == 1) {
                  throw new AssertionError("the observer's own");
                }
                throw new IllegalStateException("the observer's own");
              }
            });

    failing.connecting(1);
    failing.live();
    failing.end(StreamState.STOPPED);

    assertThat(calls).containsExactly("connecting", "live", "stopped");
  }

  @Test
  void observer_thatTakesItsTime_holdsUpNobodyAndMissesNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> calls = new CopyOnWriteArrayList<>();
    AtomicReference<StatusBoard> slow = new AtomicReference<>();
    slow.set(
        new StatusBoard(
            "dock",
            new StreamObserver() {
              @Override
              public void onState(StreamStatus status) {
                calls.add(status.state().code());
                if (calls.size() == 1) {
                  begun.countDown();
                  await(goOn);
                }
              }
            }));
    Thread other = new Thread(() -> slow.get().connecting(1));
    other.start();
    begun.await();

    slow.get().live();
    slow.get().end(StreamState.STOPPED);
    assertThat(slow.get().status().state()).isEqualTo(StreamState.STOPPED); // no lock is held
    assertThat(calls).containsExactly("connecting");
    goOn.countDown();
    other.join();

    assertThat(calls).containsExactly("connecting", "live", "stopped");
  }

  @Test
  void observer_thatEndsTheStream_hearsOfTheEndAfterwards() {
    List<String> calls = new ArrayList<>();
    AtomicReference<StatusBoard> own = new AtomicReference<>();
    own.set(
        new StatusBoard(
            "dock",
            new StreamObserver() {
              @Override
              public void onState(StreamStatus status) {
                calls.add("begin " + status.state().code());
                own.get().end(StreamState.STOPPED);
                calls.add("end " + status.state().code());
              }
            }));

    own.get().connecting(1);

    assertThat(calls)
        .containsExactly("begin connecting", "end connecting", "begin stopped", "end stopped");
  }

  @Test
  void status_travels() throws IOException, ClassNotFoundException {
    connect(1);
    board.frame();
    board.failed(lost, false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(board.status());
    }

    StreamStatus copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (StreamStatus) in.readObject();
    }

    assertThat(copy).usingRecursiveComparison().isEqualTo(board.status());
  }

  private void connect(long number) {
    board.connecting(number);
    board.connected(StreamInfo.UNKNOWN);
    board.live();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
