package io.videoml.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.source.DecodeDemand;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ScheduleSamplerTest {
  private static final WeekSchedule EIGHT_TO_NINE =
      WeekSchedule.in(ZoneOffset.UTC).daily(LocalTime.of(8, 0), LocalTime.of(9, 0));

  @Test
  void decide_outside_dropsAndAsksForKeyFramesOnly() {
    FrameSampler sampler = FrameSampler.schedule(EIGHT_TO_NINE);
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.ALL);

    assertThat(decide(sampler, "07:59:58", true)).hasToString("drop schedule");
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void decide_timeHasCome_beginsWithAKeyFrame() {
    FrameSampler sampler = FrameSampler.schedule(EIGHT_TO_NINE);
    decide(sampler, "07:59:58", true);

    assertThat(decide(sampler, "08:00:00", false).keep()).isFalse(); // was not asked for
    assertThat(decide(sampler, "08:00:01", true)).hasToString("keep schedule");
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(decide(sampler, "08:00:02", false).keep()).isTrue();
    assertThat(decide(sampler, "08:59:59", false).keep()).isTrue();
    assertThat(decide(sampler, "09:00:00", false).keep()).isFalse();
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
  }

  @Test
  void decide_streamBeginsWithin_keepsFromTheFirstFrameOn() {
    assertThat(decide(FrameSampler.schedule(EIGHT_TO_NINE), "08:30:00", false).keep()).isTrue();
  }

  @Test
  void not_ofASchedule_keepsWhatLiesOutsideAndSavesTheRest() {
    FrameSampler sampler = FrameSampler.schedule(EIGHT_TO_NINE).not();

    assertThat(decide(sampler, "07:59:59", false).keep()).isTrue();
    assertThat(decide(sampler, "08:00:00", true).keep()).isFalse();
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(decide(sampler, "09:00:00", true).keep()).isTrue();
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.ALL);
    assertThat(decide(sampler.not(), "08:30:00", true).keep()).isTrue();
  }

  @Test
  void and_scheduleFirst_savesTheDecodingOfTheOther() {
    FrameSampler sampler = FrameSampler.schedule(EIGHT_TO_NINE).and(FrameSampler.everyNth(1));
    decide(sampler, "07:00:00", true);

    assertThat(sampler.demand()).isEqualTo(DecodeDemand.KEY_FRAMES);
    assertThat(decide(sampler, "08:00:00", true).keep()).isTrue();
    assertThat(sampler.demand()).isEqualTo(DecodeDemand.ALL);
  }

  @Test
  void schedule_withoutTimes_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameSampler.schedule(WeekSchedule.in(ZoneOffset.UTC)))
        .withMessageContaining("at least one time");
  }

  private static SamplingDecision decide(FrameSampler sampler, String time, boolean keyFrame) {
    Instant captured = Instant.parse("2026-03-02T" + time + "Z");
    return sampler.decide(SampledFrames.captured(captured, keyFrame));
  }
}
