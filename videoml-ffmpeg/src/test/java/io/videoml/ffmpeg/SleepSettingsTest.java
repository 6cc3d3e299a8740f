package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.motion.MotionRegion;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SleepSettingsTest {
  private final SleepSettings.Builder builder = SleepSettings.builder();

  @Test
  void defaults_areAsDocumented() {
    SleepSettings defaults = SleepSettings.defaults();

    assertThat(defaults.wakeShare()).isEqualTo(0.005);
    assertThat(defaults.stayAwake()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.maxBytes()).isEqualTo(16 * 1024 * 1024);
    assertThat(defaults.everyNthKeyFrame()).isEqualTo(1);
    assertThat(defaults.longestGroup()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.region()).isEqualTo(MotionRegion.whole());
    assertThat(defaults.packetFactor()).isEmpty();
  }

  @Test
  void build_eachOption_holdsIt() {
    SleepSettings settings =
        builder
            .wakeAbove(0.25)
            .stayAwake(Duration.ofSeconds(7))
            .maxBytes(1000)
            .everyNthKeyFrame(3)
            .longestGroup(Duration.ofSeconds(4))
            .wakeOnPacketsAbove(3.5)
            .build();

    assertThat(settings.wakeShare()).isEqualTo(0.25);
    assertThat(settings.stayAwake()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.maxBytes()).isEqualTo(1000);
    assertThat(settings.everyNthKeyFrame()).isEqualTo(3);
    assertThat(settings.longestGroup()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.packetFactor()).hasValue(3.5);
  }

  @Test
  void builder_valueOutOfRange_throwsNamingIt() {
    assertRefused(() -> builder.wakeAbove(1.5), "1.5");
    assertRefused(() -> builder.wakeAbove(Double.NaN), "NaN");
    assertRefused(() -> builder.stayAwake(Duration.ZERO), "PT0S");
    assertRefused(() -> builder.maxBytes(0), "0");
    assertRefused(() -> builder.everyNthKeyFrame(0), "0");
    assertRefused(() -> builder.longestGroup(Duration.ofSeconds(-1)), "PT-1S");
    assertRefused(() -> builder.wakeOnPacketsAbove(1), "1.0");
  }

  private static void assertRefused(ThrowingCallable call, String value) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(value);
  }
}
