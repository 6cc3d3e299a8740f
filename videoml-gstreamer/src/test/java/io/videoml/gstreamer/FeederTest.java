package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.gstreamer.Unit.Fate;
import io.videoml.source.DecodeDemand;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FeederTest {
  private static final int DISCONT = 1 << 6;
  private static final int CORRUPTED = 1 << 8;
  private static final int DELTA = 1 << 13;
  private static final int KEY = 0;

  private final Feeder feeder = new Feeder(DecodeDemand.ALL, /* fromRtp= */ false);
  private final Decoding coded = decoding("video/x-h264", /* keysUnknown= */ false);

  @Test
  void look_beforeTheFirstKeyFrame_isCorrupt() {
    assertThat(look(DELTA, false).corrupt()).isTrue();
    assertThat(look(KEY, false).corrupt()).isFalse();
    assertThat(look(DELTA, false).corrupt()).isFalse();
  }

  @Test
  void look_afterALoss_isCorruptUntilAKeyFrameThatIsWhole() {
    look(KEY, false);
    assertThat(look(DELTA, true).corrupt()).isTrue();
    assertThat(look(DELTA, false).corrupt()).isTrue();
    assertThat(look(KEY, true).corrupt()).as("a part of it may be lost").isTrue();
    assertThat(look(DELTA, false).corrupt()).isTrue();
    assertThat(look(KEY, false).corrupt()).isFalse();
  }

  @Test
  void look_afterAGap_isCorruptUntilTheNextKeyFrame() {
    look(KEY, false);
    assertThat(look(DELTA | DISCONT, false).corrupt()).isTrue();
    assertThat(look(DELTA, false).corrupt()).isTrue();
    assertThat(look(KEY | DISCONT, false).corrupt()).isFalse();
  }

  @Test
  void look_damaged_isCorruptThoughAKeyFrame() {
    assertThat(look(KEY | CORRUPTED, false).corrupt()).isTrue();
    assertThat(look(DELTA, false).corrupt()).isTrue();
  }

  @Test
  void look_keysOnlyAndThenAll_goesOnAtAKeyFrame() {
    look(KEY, false);
    feeder.demand(DecodeDemand.KEY_FRAMES);
    assertThat(look(DELTA, false).fate()).isEqualTo(Fate.PASSED_OVER);
    feeder.demand(DecodeDemand.ALL);
    assertThat(look(DELTA, false).fate()).isEqualTo(Fate.PASSED_OVER);
    assertThat(look(KEY, false).fate()).isEqualTo(Fate.FED);
    assertThat(look(DELTA, false).fate()).isEqualTo(Fate.FED);
  }

  @Test
  void look_decoderTooSlow_losesUpToTheNextKeyFrame() {
    look(KEY, false);
    feeder.overrun();
    assertThat(look(DELTA, false).fate()).isEqualTo(Fate.LOST);
    assertThat(look(KEY, false).fate()).isEqualTo(Fate.FED);
    assertThat(look(DELTA, false).fate()).isEqualTo(Fate.FED);
  }

  @Test
  void look_keysUnknown_marksNone() {
    Decoding inside = decoding(Caps.RAW, /* keysUnknown= */ true);

    Unit unit = feeder.look(KEY, Gst.NO_TIME, inside, false, null);

    assertThat(unit.key()).isFalse();
    assertThat(unit.corrupt()).isFalse();
  }

  private Unit look(int flags, boolean lost) {
    return feeder.look(flags, Gst.NO_TIME, coded, lost, null);
  }

  private static Decoding decoding(String type, boolean keysUnknown) {
    Caps caps = new Caps(type, 64, 48, OptionalDouble.empty(), false);
    return new Decoding(caps, "h264", "avdec_h264", "", keysUnknown);
  }
}
