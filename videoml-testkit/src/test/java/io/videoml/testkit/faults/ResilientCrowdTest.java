package io.videoml.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.resilience.ConnectLimits;
import io.videoml.resilience.StreamState;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many streams at once, and one many times. */
@Timeout(120)
class ResilientCrowdTest {
  private static final Behaviour WELL = Behaviour.healthy();

  private final TestClip clip = TestClips.movingSquare().withRate(100);

  @Test
  void sixtyStreamsOfOneHost_lostAtOnce_comeBackAFewAtATime() {
    int streams = 60;
    Behaviour slowly = WELL.openSlowly(Duration.ofMillis(5));
    FaultyFrameSource recorder =
        FaultyFrameSource.of("nvr", clip)
            .host("nvr-of-crowd")
            .connections(streams, slowly.failAt(30, Kind.NETWORK))
            .afterwards(slowly)
            .build();
    List<SurvivingStream> all = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      all.add(new SurvivingStream(recorder, SurvivingStream.QUICK.with(new ConnectLimits(4, 16))));
    }

    for (SurvivingStream stream : all) {
      stream.awaitConnects(2);
      stream.awaitState(StreamState.LIVE);
    }

    assertThat(recorder.counts().mostOpening()).isBetween(2, 4);
    assertThat(recorder.counts().openNow()).isEqualTo(streams);
    all.forEach(stream -> stream.reader.close());
    all.forEach(SurvivingStream::close);
    assertThat(recorder.counts().openNow()).isZero();
    assertThat(recorder.counts().ledger().open()).isZero();
  }

  @Test
  void twoHundredReconnects_leaveThreadsFramesAndMemoryAsTheyWere() {
    Set<Thread> before = threads();
    FaultyFrameSource camera =
        FaultyFrameSource.of("dock", clip)
            .pace(FramePace.unpaced())
            .afterwards(WELL.failAt(5, Kind.NETWORK))
            .build();
    SurvivingStream stream = new SurvivingStream(camera, SurvivingStream.QUICK);
    stream.awaitConnects(20);
    long used = usedBytes();

    stream.awaitConnects(220);

    assertThat(usedBytes() - used).isLessThan(8 << 20);
    assertThat(camera.counts().openNow()).isLessThanOrEqualTo(1);
    assertThat(camera.counts().ledger().open()).isLessThanOrEqualTo(1);
    stream.close();
    assertThat(camera.counts().openNow()).isZero();
    assertThat(camera.counts().ledger().open()).isZero();
    Until.isTrue("no thread is left", () -> before.containsAll(threads()));
  }

  @Test
  void deadCamera_isNotNoticedByTheOthers() {
    FaultyFrameSource dead =
        FaultyFrameSource.of("dead", clip).host("a").afterwards(WELL.hangInOpen()).build();
    FaultyFrameSource silent =
        FaultyFrameSource.of("silent", clip).host("b").afterwards(WELL.silentAt(3)).build();
    FaultyFrameSource well = FaultyFrameSource.of("well", clip).host("c").build();
    try (SurvivingStream first = new SurvivingStream(dead, SurvivingStream.QUICK);
        SurvivingStream second = new SurvivingStream(silent, SurvivingStream.QUICK);
        SurvivingStream third = new SurvivingStream(well, SurvivingStream.QUICK)) {
      Until.isTrue("the dead one was tried again", () -> dead.counts().opens() >= 3);
      second.awaitConnects(3);

      assertThat(first.told).contains("attempt 2 after stalled");
      assertThat(third.states).containsExactly(StreamState.CONNECTING, StreamState.LIVE);
      assertThat(well.counts().opens()).isOne();
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("junit"))
        .collect(Collectors.toSet());
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
