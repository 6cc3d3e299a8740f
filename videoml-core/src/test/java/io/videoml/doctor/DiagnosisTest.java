package io.videoml.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Memory;
import io.videoml.doctor.StreamReport.Picture;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.ColorSpace;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final ColorSpace FULL =
      new ColorSpace(ColorSpace.Matrix.BT709, ColorSpace.Range.FULL);

  private final Reports reports = Reports.healthy();

  @Test
  void of_healthyCamera_findsNothing() {
    assertThat(Diagnosis.of(reports.report(), List.of("nvh264dec"))).isEmpty();
  }

  @Test
  void of_healthyFile_findsNothing() {
    reports.live = false;
    reports.capture = Optional.empty();
    reports.behind = Duration.ZERO;

    assertThat(Diagnosis.of(reports.report())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AUTHENTICATION,AUTHENTICATION,password",
    "NOT_FOUND,NOT_FOUND,path",
    "REFUSED,REFUSED,port",
    "NETWORK,UNREACHABLE,firewall",
    "STALLED,STALLED,restart the camera",
    "UNSUPPORTED,UNSUPPORTED,decoder",
    "CORRUPT,UNSUPPORTED,intact",
    "CONFIGURATION,UNSUPPORTED,option",
    "ENDED,CONNECTION_LOST,goes on"
  })
  void of_neverConnected_namesTheReason(Kind kind, Symptom symptom, String remedy) {
    Finding finding = only(reports.neverConnected(kind));

    assertThat(finding.symptom()).isEqualTo(symptom);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.evidence()).isEqualTo("as told");
    assertThat(finding.remedy()).contains(remedy);
  }

  @Test
  void of_noFrameAndNoFailure_isSilent() {
    reports.read = 0;

    assertThat(only(reports).symptom()).isEqualTo(Symptom.STALLED);
  }

  @ParameterizedTest
  @CsvSource({"NETWORK,CONNECTION_LOST", "ENDED,CONNECTION_LOST", "STALLED,STALLED"})
  void of_lostAndNotBack_isAnError(Kind kind, Symptom symptom) {
    Finding finding = only(reports.lost(kind, true).lost(kind, false));

    assertThat(finding.symptom()).isEqualTo(symptom);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.evidence()).contains("lost 2 time(s)", "3.0 s", "did not come back");
  }

  @Test
  void of_lost_whereCommasAreDecimal_writesPoints() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(only(reports.lost(Kind.NETWORK, true)).evidence()).contains("3.0 s");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void of_lostAndBack_isAWarning() {
    Finding finding = only(reports.lost(Kind.NETWORK, true));

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.evidence()).contains("it came back");
  }

  @ParameterizedTest
  @CsvSource({"5,0,WARNING,2.0 %", "0,5,WARNING,2.0 %", "100,27,ERROR,45.8 %"})
  void of_framesDamagedOrMissing_framesAreDropping(
      long corrupt, long missing, Severity severity, String share) {
    reports.corrupt = corrupt;
    reports.missing = missing;

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.FRAMES_DROPPING);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.evidence()).contains(share);
    assertThat(finding.remedy()).contains("TCP");
  }

  @Test
  void of_twoFramesOfManyDamaged_isWeather() {
    reports.corrupt = 2;

    assertThat(Diagnosis.of(reports.report())).isEmpty();
  }

  @Test
  void of_damagedFile_asksForAnIntactCopy() {
    reports.live = false;
    reports.corrupt = 5;

    assertThat(only(reports).remedy()).contains("intact copy");
  }

  @ParameterizedTest
  @CsvSource({"9000,WARNING,90 %", "12000,ERROR,120 %"})
  void of_decodingTakesItsTime_framesWillDrop(long millis, Severity severity, String share) {
    reports.decode = Duration.ofMillis(millis);

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.FRAMES_DROPPING);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.evidence()).contains(share);
  }

  @Test
  void of_halfTheNominalRate_framesAreDroppingInTheCamera() {
    reports.rate = 12.5;

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.FRAMES_DROPPING);
    assertThat(finding.evidence()).contains("12.5", "25.0");
  }

  @Test
  void of_fallsBehind_latencyIsHigh() {
    reports.behind = Duration.ofSeconds(4);

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.HIGH_LATENCY);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.evidence()).contains("10.0 s", "4.0 s further behind");
  }

  @Test
  void of_fallsBehindByTheCamerasClock_latencyIsHigh() {
    reports.capture = Optional.of(Reports.clock(100, 5100, 90, 5200));

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.HIGH_LATENCY);
    assertThat(finding.evidence()).contains("5.0 s further behind");
  }

  @Test
  void of_captureToArrivalOfSeconds_latencyIsHigh() {
    reports.capture = Optional.of(Reports.clock(3000, 3100, 2900, 3200));

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.HIGH_LATENCY);
    assertThat(finding.evidence()).contains("2.9 s");
  }

  @Test
  void of_framesWaitHere_latencyIsHigh() {
    reports.toReader = Duration.ofMillis(800);

    assertThat(only(reports).evidence()).contains("800 ms");
  }

  @ParameterizedTest
  @CsvSource({"3600000,behind", "-3600000,ahead of"})
  void of_clockIsAnHourOff_timestampsAreWrong(long millis, String direction) {
    reports.capture = Optional.of(Reports.clock(millis, millis, millis, millis));

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.WRONG_TIMESTAMPS);
    assertThat(finding.evidence()).contains("3600.0 s " + direction);
    assertThat(finding.remedy()).contains("NTP");
  }

  @Test
  void of_clockIsSetWhileWatched_timestampsAreWrong() {
    reports.capture = Optional.of(Reports.set(-3_600_000, 40));

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.WRONG_TIMESTAMPS);
    assertThat(finding.evidence()).contains("set by 3600.0 s");
  }

  @Test
  void of_mediaTimeJumps_timestampsAreWrong() {
    reports.jumps = 2;

    assertThat(only(reports).symptom()).isEqualTo(Symptom.WRONG_TIMESTAMPS);
  }

  @Test
  void of_pixelsBeyondTheLimitedRange_coloursAreWrong() {
    reports.picture = picture(ColorSpace.BT709_LIMITED, 0.03, 0.02, 0);

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.COLOUR_ARTEFACTS);
    assertThat(finding.evidence()).contains("3.0 %", "2.0 %");
    assertThat(finding.remedy()).contains("full range");
  }

  @Test
  void of_pixelsOfTheFullRange_areRight() {
    reports.picture = picture(FULL, 0.03, 0.02, 0);

    assertThat(Diagnosis.of(reports.report())).isEmpty();
  }

  @Test
  void of_firstFramesGrey_coloursAreWrong() {
    reports.picture = picture(FULL, 0, 0, 6);

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.COLOUR_ARTEFACTS);
    assertThat(finding.evidence()).contains("first 6 frame(s)");
  }

  @Test
  void of_memoryGrowsToTheEnd_saysSo() {
    reports.memory = new Memory(400L << 20, 100 << 20, 40 << 20);

    Finding finding = only(reports);

    assertThat(finding.symptom()).isEqualTo(Symptom.MEMORY_GROWTH);
    assertThat(finding.evidence()).contains("100 MiB", "40 MiB");
    assertThat(finding.remedy()).contains("MALLOC_ARENA_MAX=2");
  }

  @Test
  void of_memoryLevelsOff_isNoFinding() {
    reports.memory = new Memory(400L << 20, 100 << 20, 1 << 20);

    assertThat(Diagnosis.of(reports.report())).isEmpty();
  }

  @Test
  void of_processorDecodesBesideADevice_gpuIsNotUsed() {
    reports.decode = Duration.ofSeconds(3);

    assertThat(Diagnosis.of(reports.report())).isEmpty();
    assertThat(Diagnosis.of(reports.report(), List.of("nvh264dec")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.symptom()).isEqualTo(Symptom.GPU_NOT_USED);
              assertThat(finding.evidence()).contains("nvh264dec", "30 %");
            });
  }

  @Test
  void of_deviceDecodes_isRight() {
    reports.decode = Duration.ofSeconds(3);
    reports.hardware = Optional.of("cuda");

    assertThat(Diagnosis.of(reports.report(), List.of("nvh264dec"))).isEmpty();
  }

  @Test
  void of_severalFindings_theWorstFirst() {
    reports.toReader = Duration.ofMillis(800);
    reports.corrupt = 100;

    assertThat(Diagnosis.of(reports.report()))
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR, Severity.WARNING);
  }

  @Test
  void ofMachine_driverWithoutLibrary_gpuIsNotUsed() {
    List<Finding> findings =
        Diagnosis.of(
            machine(Optional.of("550.54.15"), Optional.of("there is no libcuda.so.1"), List.of()));

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.symptom()).isEqualTo(Symptom.GPU_NOT_USED);
              assertThat(finding.evidence()).contains("550.54.15");
              assertThat(finding.remedy()).contains("libcuda1", "NVIDIA_DRIVER_CAPABILITIES");
            });
  }

  @Test
  void ofMachine_closedNode_gpuIsNotUsed() {
    assertThat(
            Diagnosis.of(
                machine(Optional.empty(), Optional.empty(), List.of("/dev/dri/renderD128"))))
        .singleElement()
        .satisfies(finding -> assertThat(finding.evidence()).contains("/dev/dri/renderD128"));
  }

  @Test
  void ofMachine_noGpuAtAll_findsNothing() {
    assertThat(
            Diagnosis.of(
                machine(Optional.empty(), Optional.of("there is no libcuda.so.1"), List.of())))
        .isEmpty();
  }

  private static Machine machine(
      Optional<String> driver, Optional<String> cudaProblem, List<String> closed) {
    return new Machine(
        "Vendor 17",
        "Linux 6",
        "amd64",
        Optional.of("2.36"),
        2,
        OptionalLong.of(4L << 30),
        1 << 30,
        Optional.of("2"),
        driver,
        cudaProblem,
        List.of("/dev/dri/renderD128"),
        List.of(),
        closed);
  }

  private static Picture picture(ColorSpace color, double black, double white, long blank) {
    return new Picture(color, CaptureClock.RTCP_SENDER, black, white, blank);
  }

  private static Finding only(Reports reports) {
    List<Finding> findings = Diagnosis.of(reports.report());
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
