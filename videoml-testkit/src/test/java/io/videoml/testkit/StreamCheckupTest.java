package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.doctor.Diagnosis;
import io.videoml.doctor.Finding;
import io.videoml.doctor.StreamCheckup;
import io.videoml.doctor.StreamReport;
import io.videoml.doctor.Symptom;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkup measures of a generated clip. */
@Timeout(30)
class StreamCheckupTest {
  private static final TestClip CLIP =
      TestClips.movingSquare().withFrames(60).withRate(10).withGop(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void run_file_measuresUntilItsEnd() {
    StreamReport report = StreamCheckup.of(FakeFrameSource.of(CLIP), LONG).run();

    assertThat(report.frames().read()).isEqualTo(60);
    assertThat(report.frames().keyFrames()).isEqualTo(3);
    assertThat(report.frames().gop()).hasValue(20);
    assertThat(report.frames().missing()).isZero();
    assertThat(report.timing().rate()).hasValue(10);
    assertThat(report.timing().media()).isEqualTo(Duration.ofMillis(5900));
    assertThat(report.timing().keyFrameInterval()).contains(Duration.ofSeconds(2));
    assertThat(report.timing().jumps()).isZero();
    assertThat(report.losses()).isEmpty();
    assertThat(Diagnosis.of(report)).isEmpty();
  }

  @Test
  void run_damagedFrames_countsThem() {
    StreamReport report =
        StreamCheckup.of(FakeFrameSource.of("cam", CLIP).live().corrupt(3, 4, 5).build(), LONG)
            .run();

    assertThat(report.frames().corrupt()).isEqualTo(3);
    assertThat(Diagnosis.of(report))
        .extracting(Finding::symptom)
        .containsExactly(Symptom.FRAMES_DROPPING);
  }

  @Test
  void run_mediaTimeStartsAgain_countsTheJump() {
    StreamReport report =
        StreamCheckup.of(FakeFrameSource.of("cam", CLIP).live().restartTimeAt(30).build(), LONG)
            .run();

    assertThat(report.timing().jumps()).isEqualTo(1);
    assertThat(Diagnosis.of(report))
        .extracting(Finding::symptom)
        .containsExactly(Symptom.WRONG_TIMESTAMPS);
  }

  @Test
  void run_cannotBeOpened_tellsWhy() {
    FakeFrameSource source =
        FakeFrameSource.of("cam", CLIP)
            .endless()
            .onOpen(
                () -> {
                  throw new SourceException(Kind.AUTHENTICATION, "cam", "as told");
                })
            .build();

    StreamReport report = StreamCheckup.of(source, LONG).run();

    assertThat(report.connected()).isFalse();
    assertThat(report.losses()).singleElement().extracting("kind").isEqualTo(Kind.AUTHENTICATION);
    assertThat(Diagnosis.of(report))
        .extracting(Finding::symptom)
        .containsExactly(Symptom.AUTHENTICATION);
  }

  @Test
  void run_fileFailsInTheMiddle_tellsOfItOnce() {
    StreamReport report =
        StreamCheckup.of(FakeFrameSource.of("file", CLIP).failAt(30, Kind.CORRUPT).build(), LONG)
            .run();

    assertThat(report.frames().read()).isEqualTo(30);
    assertThat(report.losses()).singleElement().extracting("recovered").isEqualTo(false);
  }

  @Test
  void run_cameraIsLostAndComesBack_tellsOfBoth() {
    AtomicInteger left = new AtomicInteger(1);
    FakeFrameSource source =
        FakeFrameSource.of("cam", CLIP.withFrames(100_000))
            .endless()
            .before(
                30,
                () -> {
                  if (left.getAndDecrement() > 0) {
                    throw new SourceException(Kind.NETWORK, "cam", "reset");
                  }
                })
            .hangAt(60)
            .build();

    StreamReport report = StreamCheckup.of(source, Duration.ofSeconds(1)).run();

    assertThat(report.frames().read()).isEqualTo(60);
    assertThat(report.losses()).singleElement().extracting("recovered").isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void run_streamFallsSilent_endsInTime(int silentFrom) {
    long start = System.nanoTime();

    StreamReport report =
        StreamCheckup.of(
                FakeFrameSource.of("cam", CLIP).live().hangAt(silentFrom).build(),
                Duration.ofMillis(300))
            .run();

    assertThat(report.frames().read()).isEqualTo(silentFrom);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void stop_whileItOpens_endsIt() throws Exception {
    StreamCheckup checkup =
        StreamCheckup.of(FakeFrameSource.of("cam", CLIP).endless().hangOnOpen().build(), LONG);
    FutureTask<StreamReport> run = new FutureTask<>(checkup::run);
    new Thread(run, "test-checkup").start();

    checkup.stop();

    assertThat(run.get(10, TimeUnit.SECONDS).connected()).isFalse();
  }

  @Test
  void run_again_throws() {
    StreamCheckup checkup = StreamCheckup.of(FakeFrameSource.of(CLIP), LONG);
    checkup.run();

    assertThatThrownBy(checkup::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runs once");
  }

  @Test
  void of_noTime_throwsNamingTheValue() {
    assertThatThrownBy(() -> StreamCheckup.of(FakeFrameSource.of(CLIP), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }
}
