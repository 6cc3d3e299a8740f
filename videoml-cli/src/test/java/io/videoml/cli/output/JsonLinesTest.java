package io.videoml.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import io.videoml.metrics.DropReason;
import io.videoml.metrics.LatencyStats;
import io.videoml.metrics.Stage;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.PipelineEvent;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import io.videoml.sampling.SamplingDecision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void useALocaleWithOtherDigitsAndCommas() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @Test
  void frame_withDetections_isTheLineOfTheContract() {
    SamplingDecision decision = SamplingDecision.keep("motion").withScore(0.0341);
    Detection person =
        new Detection(0, "pers\"on ü", 0.91f, new Box(1.5f, 2, 300.126f, 1e-6f + 400));
    Detections found =
        new Detections(List.of(person), millis(1.2), millis(20.1), Duration.ofNanos(400_499));

    assertThat(text(JsonLines.frame(result(decision, found), true)))
        .isEqualTo(
            "{\"type\":\"frame\",\"stream\":\"vtest\",\"frame\":123,\"pts\":12.3,"
                + "\"captured\":\"2026-11-22T12:00:00.100Z\",\"capturedFrom\":\"ARRIVAL\","
                + "\"width\":768,\"height\":576,\"keyFrame\":true,\"corrupt\":false,"
                + "\"reason\":\"motion\",\"score\":0.0341,"
                + "\"detections\":[{\"classId\":0,\"label\":\"pers\\\"on ü\",\"confidence\":0.91,"
                + "\"box\":[1.5,2,300.13,400]}],"
                + "\"ms\":{\"preprocess\":1.2,\"inference\":20.1,\"postprocess\":0.4,\"total\":25}}\n");
  }

  @Test
  void frame_withoutModel_hasNoDetectionsAndNoScoreWhereThereIsNone() {
    SamplingDecision decision = SamplingDecision.keep("all");

    assertThat(text(JsonLines.frame(result(decision, Detections.NONE), false)))
        .endsWith(
            "\"reason\":\"all\",\"ms\":{\"preprocess\":0,\"inference\":0,\"postprocess\":0,\"total\":25}}\n");
  }

  @Test
  void event_isTheLineOfTheContract() {
    Instant at = Instant.parse("2026-11-22T12:00:00Z");
    PipelineEvent event =
        new PipelineEvent("cam", PipelineEvent.Type.FORMAT_CHANGED, "a to\nb", at);

    assertThat(text(JsonLines.event(event)))
        .isEqualTo(
            "{\"type\":\"event\",\"stream\":\"cam\",\"event\":\"format_changed\","
                + "\"detail\":\"a to\\nb\",\"at\":\"2026-11-22T12:00:00.000Z\"}\n");
  }

  @Test
  void summary_isTheLineOfTheContract() {
    LatencyStats stats =
        new LatencyStats(
            9,
            millis(2),
            millis(9),
            millis(1),
            millis(2.5),
            millis(1000),
            millis(0.0004),
            millis(12.3456));
    RunSummary summary =
        new RunSummary(
            "vtest",
            795,
            80,
            0,
            Map.of(
                DropReason.CLOSED, 5L, DropReason.NOT_DEMANDED, 10L, DropReason.SAMPLED_OUT, 700L),
            millis(3200),
            Map.of(Stage.DECODE, stats));
    String none = "{\"mean\":0,\"p50\":0,\"p95\":0,\"p99\":0,\"max\":0}";

    assertThat(text(JsonLines.summary(summary)))
        .isEqualTo(
            "{\"type\":\"summary\",\"stream\":\"vtest\",\"read\":795,\"kept\":80,\"failed\":0,"
                + "\"dropped\":{\"not_demanded\":10,\"sampled_out\":700,\"closed\":5},"
                + "\"seconds\":3.2,\"fps\":248.4,\"latencyMs\":{"
                + "\"decode\":{\"mean\":2,\"p50\":2.5,\"p95\":1000,\"p99\":0,\"max\":12.346},"
                + "\"sample\":"
                + none
                + ",\"preprocess\":"
                + none
                + ",\"inference\":"
                + none
                + ",\"postprocess\":"
                + none
                + ",\"total\":"
                + none
                + "}}\n");
  }

  @Test
  void summary_ofACascade_tellsTheWayOfTheFrames() {
    StageSummary decode = new StageSummary("decode", 90, 90, Map.of());
    StageSummary sample = new StageSummary("sample", 90, 30, Map.of("no_motion", 60L));
    StageSummary mailbox = new StageSummary("mailbox", 30, 30, Map.of());
    StageSummary small = new StageSummary("small", 30, 10, Map.of("no_match", 20L));

    assertThat(text(JsonLines.summary(summary(List.of(decode, sample, mailbox, small)))))
        .contains(
            "\"dropped\":{\"sampled_out\":60,\"no_match\":20},\"stages\":["
                + "{\"name\":\"decode\",\"in\":90,\"out\":90,\"ratio\":1,\"stopped\":{}},"
                + "{\"name\":\"sample\",\"in\":90,\"out\":30,\"ratio\":0.3333,"
                + "\"stopped\":{\"no_motion\":60}},"
                + "{\"name\":\"mailbox\",\"in\":30,\"out\":30,\"ratio\":1,\"stopped\":{}},"
                + "{\"name\":\"small\",\"in\":30,\"out\":10,\"ratio\":0.3333,"
                + "\"stopped\":{\"no_match\":20}}],\"seconds\":3.2,");
    assertThat(text(JsonLines.summary(summary(List.of(decode, sample, mailbox)))))
        .contains("\"dropped\":{\"sampled_out\":60,\"no_match\":20},\"seconds\":3.2,");
  }

  private static RunSummary summary(List<StageSummary> stages) {
    return new RunSummary(
        "vtest",
        90,
        10,
        0,
        Map.of(DropReason.SAMPLED_OUT, 60L, DropReason.NO_MATCH, 20L),
        millis(3200),
        Map.of(),
        stages);
  }

  private static FrameResult result(SamplingDecision decision, Detections found) {
    FrameTime time =
        new FrameTime(
            millis(12_300), Instant.parse("2026-11-22T12:00:00.100999Z"), CaptureClock.ARRIVAL, 0);
    FrameInfo frame = FrameInfo.of(123, 768, 576, PixelFormat.I420, time);
    return new FrameResult("vtest", frame, decision, found, millis(25), Optional.empty());
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
