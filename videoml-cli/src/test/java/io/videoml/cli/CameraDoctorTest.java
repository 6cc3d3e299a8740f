package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.doctor.Diagnosis;
import io.videoml.doctor.Finding;
import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamCheckup;
import io.videoml.doctor.StreamReport;
import io.videoml.doctor.Symptom;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.frame.ResumePosition;
import io.videoml.gstreamer.RtspSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cameras that are not well, told by what a checkup measures of them. */
@Timeout(60)
class CameraDoctorTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  /** What reads the camera. */
  enum Backend {
    FFMPEG(
        address ->
            FfmpegSource.builder(address)
                .connectTimeout(SOON)
                .readTimeout(SOON.plusSeconds(2))
                .build()),
    GSTREAMER(
        address ->
            RtspSource.builder(address)
                .connectTimeout(SOON)
                .readTimeout(SOON.plusSeconds(2))
                .build());

    private final Function<URI, FrameSource> opener;

    Backend(Function<URI, FrameSource> opener) {
      this.opener = opener;
    }

    FrameSource source(URI address) {
      return opener.apply(address);
    }
  }

  @BeforeAll
  static void needsACamera() {
    assumeTrue(
        FaultyRtspServer.whyUnavailable().isEmpty(),
        () -> FaultyRtspServer.whyUnavailable().orElse(""));
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_healthyCamera_findsNothing(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      StreamReport report = watch(backend.source(camera.uri()), Duration.ofSeconds(3));

      assertThat(Diagnosis.of(report)).as("%s", report).isEmpty();
      assertThat(report.stream().codec()).isEqualTo("h264");
      assertThat(report.timing().rate().orElseThrow()).isBetween(24.0, 26.0);
      assertThat(report.frames().gop()).hasValue(25);
      assertThat(report.frames().bytes().orElseThrow()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_wrongPassword_isAuthentication(Backend backend) {
    try (FaultyRtspServer camera =
        FaultyRtspServer.builder().credentials("user", "right-pa55").start()) {
      URI wrong = URI.create(camera.uri().toString().replace("://", "://user:wr0ng-pa55@"));

      Finding finding = only(watch(backend.source(wrong), SOON));

      assertThat(finding.symptom()).isEqualTo(Symptom.AUTHENTICATION);
      assertThat(finding.toString()).doesNotContain("wr0ng-pa55", "right-pa55");
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_wrongPath_isNotFound(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      URI other = URI.create(camera.uri() + "-2");

      assertThat(only(watch(backend.source(other), SOON)).symptom()).isEqualTo(Symptom.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_nobodyListens_isRefused(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.kill();

      assertThat(only(watch(backend.source(camera.uri()), SOON)).symptom())
          .isEqualTo(Symptom.REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_frozenBefore_isStalled(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.freeze();

      assertThat(only(watch(backend.source(camera.uri()), SOON)).symptom())
          .isEqualTo(Symptom.STALLED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_packetsLost_framesAreDropping(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().lossPercent(5).start()) {
      StreamReport report = watch(backend.source(camera.uri()), Duration.ofSeconds(3));

      assertThat(Diagnosis.of(report))
          .as("%s", report)
          .extracting(Finding::symptom)
          .contains(Symptom.FRAMES_DROPPING)
          .doesNotContain(Symptom.WRONG_TIMESTAMPS, Symptom.CONNECTION_LOST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_halfSpeed_latencyIsHigh(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.slow(0.5);

      // The camera's clock is known after two or three seconds, later still at half speed.
      StreamReport report = watch(backend.source(camera.uri()), Duration.ofSeconds(7));

      assertThat(Diagnosis.of(report))
          .as("%s", report)
          .first()
          .extracting(Finding::symptom, Finding::severity)
          .containsExactly(Symptom.HIGH_LATENCY, Severity.ERROR);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_clockAnHourAhead_timestampsAreWrong(Backend backend) {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      camera.jumpClock(Duration.ofHours(1));

      StreamReport report = watch(backend.source(camera.uri()), Duration.ofSeconds(5));

      assertThat(only(report).symptom()).isEqualTo(Symptom.WRONG_TIMESTAMPS);
      assertThat(only(report).evidence()).contains("ahead of");
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnosis_killedWhileWatched_isLost(Backend backend) throws Exception {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      Announcing source = new Announcing(backend.source(camera.uri()));
      Thread killer = new Thread(() -> killOnceOpen(source, camera), "test-killer");
      killer.start();

      StreamReport report = watch(source, Duration.ofSeconds(3));

      killer.join();
      // A picture that was cut off on its way counts as damaged, one of the few that came.
      assertThat(Diagnosis.of(report))
          .as("%s", report)
          .filteredOn(finding -> finding.symptom() != Symptom.FRAMES_DROPPING)
          .extracting(Finding::symptom, Finding::severity)
          .containsExactly(tuple(Symptom.CONNECTION_LOST, Severity.ERROR));
    }
  }

  @Test
  void diagnosis_frozenWhileWatched_isStalled() throws Exception {
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start()) {
      Announcing source = new Announcing(Backend.FFMPEG.source(camera.uri()));
      Thread freezer =
          new Thread(
              () -> {
                source.awaitFrames();
                camera.freeze();
              },
              "test-freezer");
      freezer.start();

      StreamReport report = watch(source, Duration.ofSeconds(5));

      freezer.join();
      assertThat(only(report).symptom()).isEqualTo(Symptom.STALLED);
    }
  }

  private static void killOnceOpen(Announcing source, FaultyRtspServer camera) {
    source.awaitFrames();
    camera.kill();
  }

  private static StreamReport watch(FrameSource source, Duration time) {
    return StreamCheckup.of(source, time).run();
  }

  private static Finding only(StreamReport report) {
    List<Finding> findings = Diagnosis.of(report);
    assertThat(findings).as("%s", report).hasSize(1);
    return findings.get(0);
  }

  /** A source that tells when frames come. */
  private static final class Announcing implements FrameSource {
    private static final long serialVersionUID = 1L;
    private static final int FRAMES = 25;

    private final FrameSource source;
    private final transient CountDownLatch frames = new CountDownLatch(FRAMES);

    Announcing(FrameSource source) {
      this.source = source;
    }

    void awaitFrames() {
      try {
        if (!frames.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("too few frames came");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String id() {
      return source.id();
    }

    @Override
    public boolean live() {
      return source.live();
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      FrameReader reader = source.open(from, demand);
      return new ForwardingReader(reader, frames::countDown);
    }
  }
}
