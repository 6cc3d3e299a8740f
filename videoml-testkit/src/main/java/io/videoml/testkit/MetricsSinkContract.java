package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.MetricsSink;
import io.videoml.metrics.Stage;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MetricsSink} promises. An implementation extends this and says how to make one;
 * what it makes of the numbers is tested elsewhere.
 */
public abstract class MetricsSinkContract {
  private static final int THREADS = 8;
  private static final int ROUNDS = 2_000;

  /** Returns a new sink. */
  protected abstract MetricsSink sink();

  @Test
  void everyEvent_once_isTaken() {
    MetricsSink sink = sink();

    assertThatCode(() -> tellAll(sink, "dock-3", 1)).doesNotThrowAnyException();
  }

  @Test
  void everyEvent_largestNumbers_isTaken() {
    MetricsSink sink = sink();

    assertThatCode(() -> tellAll(sink, "dock-3", Integer.MAX_VALUE)).doesNotThrowAnyException();
  }

  @Test
  void everyEvent_anyNameOfAStream_isTaken() {
    MetricsSink sink = sink();

    for (String name :
        List.of("a", "with blank", "Gr\u00f6\u00dfe", "a/b\\c", "{x=\"1\"}\n", "x".repeat(500))) {
      assertThatCode(() -> tellAll(sink, name, 1)).as("stream %s", name).doesNotThrowAnyException();
    }
  }

  @Test
  void everyEvent_fromManyThreads_isTakenWithoutWaitingForEver() {
    MetricsSink sink = sink();
    List<FutureTask<Boolean>> tellers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String stream = "stream-" + i % 3;
      tellers.add(Bounded.start("teller", () -> tellOften(sink, stream)));
    }

    for (FutureTask<Boolean> teller : tellers) {
      assertThatCode(() -> Bounded.get(teller)).doesNotThrowAnyException();
    }
  }

  private static boolean tellOften(MetricsSink sink, String stream) {
    for (int i = 1; i <= ROUNDS; i++) {
      tellAll(sink, stream, i);
    }
    return true;
  }

  private static void tellAll(MetricsSink sink, String stream, int number) {
    sink.framesRead(stream, number);
    for (DropReason reason : DropReason.values()) {
      sink.framesDropped(stream, reason, number);
    }
    sink.frameKept(stream, Detections.NONE);
    sink.frameKept(stream, Detections.of(List.of(thing(number % 100), thing(number % 100))));
    sink.frameFailed(stream);
    for (Stage stage : Stage.values()) {
      sink.stageTook(stream, stage, number - 1);
    }
    for (StreamState state : StreamState.values()) {
      sink.stateChanged(stream, state);
    }
    for (SourceException.Kind kind : SourceException.Kind.values()) {
      sink.reconnecting(stream, kind);
    }
    sink.captureDrift(stream, -number * 1_000_000L);
    if (number % 100 == 0) {
      sink.removed(stream);
    }
  }

  private static Detection thing(int kind) {
    return new Detection(kind, "thing \"" + kind + "\"", 0.5f, new Box(0, 0, 1, 1));
  }
}
