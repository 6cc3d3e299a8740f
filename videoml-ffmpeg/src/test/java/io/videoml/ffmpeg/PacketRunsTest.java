package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.ffmpeg.RecordedPackets.Recorded;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SleepStatus;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets whose encoding changes, or that begin anew. */
class PacketRunsTest {
  // 25 frames a second, a key frame each half second.
  private static final TestClip CLIP = TestClips.movingSquare().withRate(25).withFrames(61);
  private static final Duration FRAME = Duration.ofMillis(40);

  @TempDir static Path directory;
  private static List<Recorded> avc;
  private static List<Recorded> reordered;
  private static List<Recorded> wide;

  @BeforeAll
  static void encode() {
    avc = packets(CLIP, "a.mp4", "libopenh264", /* bFrames= */ 0);
    reordered = packets(CLIP, "b.mp4", "mpeg4", /* bFrames= */ 2);
    wide = packets(CLIP.withSize(320, 160), "c.mp4", "libopenh264", /* bFrames= */ 0);
  }

  private static List<Recorded> packets(TestClip clip, String name, String encoder, int bFrames) {
    return RecordedPackets.read(Clips.encode(clip, directory.resolve(name), encoder, bFrames));
  }

  @Test
  void tryAdvance_encodingChanges_goesOnWithAnotherDecoder() {
    List<Recorded> both = ScriptedPackets.concat(reordered, wide);
    try (FrameReader reader = ScriptedPackets.of(both).open()) {
      assertThat(reader.stream().codec()).isEqualTo("mpeg4");
      List<FrameInfo> frames = ScriptedPackets.readAll(reader);

      assertSteady(frames, 122);
      assertThat(frames.get(60).width()).isEqualTo(CLIP.width());
      assertThat(frames.get(61).width()).isEqualTo(320);
      assertThat(reader.stream().codec()).isEqualTo("h264");
      assertThat(reader.stream().width()).isEqualTo(320);
      assertThat(reader.notDemanded()).isZero();
    }
  }

  @Test
  void tryAdvance_onlyTheSizeChanges_goesOn() {
    try (FrameReader reader = ScriptedPackets.of(ScriptedPackets.concat(avc, wide)).open()) {
      assertSteady(ScriptedPackets.readAll(reader), 122);
      assertThat(reader.stream().height()).isEqualTo(160);
    }
  }

  @Test
  void tryAdvance_discontinuityWithClockSetBack_goesOnOneFrameLater() {
    List<Recorded> both = ScriptedPackets.concat(reordered, ScriptedPackets.anew(reordered));
    try (FrameReader reader = ScriptedPackets.of(both).open()) {
      List<FrameInfo> frames = ScriptedPackets.readAll(reader);

      assertSteady(frames, 122);
      assertThat(frames).noneMatch(FrameInfo::corrupt);
    }
  }

  @Test
  void tryAdvance_discontinuityWithAStepForward_keepsTheStep() {
    List<Recorded> rest = ScriptedPackets.later(avc, Duration.ofHours(1).toNanos());
    List<Recorded> both = ScriptedPackets.concat(avc, ScriptedPackets.anew(rest));
    try (FrameReader reader = ScriptedPackets.of(both).open()) {
      List<FrameInfo> frames = ScriptedPackets.readAll(reader);

      assertThat(frames.get(60).time().pts()).isEqualTo(FRAME.multipliedBy(60));
      assertThat(frames.get(61).time().pts()).isEqualTo(Duration.ofHours(1));
      assertThat(frames.get(61).index()).isEqualTo(61);
    }
  }

  @Test
  void tryAdvance_discontinuityInsideAGroup_marksWhatCannotBeWhole() {
    List<Recorded> rest = ScriptedPackets.anew(avc.subList(20, avc.size()));
    List<Recorded> gap = ScriptedPackets.concat(avc.subList(0, 15), rest);
    long nextKey = 20;
    while (!avc.get((int) nextKey).info().keyFrame()) {
      nextKey++;
    }
    long wholeAgain = nextKey;
    try (FrameReader reader = ScriptedPackets.of(gap).open()) {
      List<FrameInfo> frames = ScriptedPackets.readAll(reader);

      assertThat(frames).hasSizeGreaterThanOrEqualTo(15 + (int) (61 - nextKey));
      assertThat(frames)
          .filteredOn(frame -> frame.time().pts().compareTo(FRAME.multipliedBy(wholeAgain)) >= 0)
          .noneMatch(FrameInfo::corrupt)
          .hasSize((int) (61 - nextKey));
      assertThat(frames)
          .filteredOn(frame -> frame.time().pts().compareTo(FRAME.multipliedBy(20)) >= 0)
          .filteredOn(frame -> frame.time().pts().compareTo(FRAME.multipliedBy(wholeAgain)) < 0)
          .allMatch(FrameInfo::corrupt);
    }
  }

  @ParameterizedTest
  @EnumSource(DecodeDemand.class)
  void tryAdvance_lessDemandedOverTwoRuns_countsEveryFrameOnce(DecodeDemand demand) {
    List<Recorded> both = ScriptedPackets.concat(reordered, ScriptedPackets.anew(avc));
    try (FrameReader reader = ScriptedPackets.of(both).open(Optional.empty(), demand)) {
      List<FrameInfo> frames = ScriptedPackets.readAll(reader);

      assertThat(frames.size() + reader.notDemanded()).isEqualTo(122);
      assertThat(frames).extracting(FrameInfo::index).contains(0L, 61L).isSorted();
      assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 155})
  void tryAdvance_newRunWhileAsleep_countsEveryFrameOnce(int frames) {
    TestClip still = MostlyStill.clip(frames, 0, 0);
    List<Recorded> one = packets(still, frames + ".mp4", "libopenh264", /* bFrames= */ 0);
    List<Recorded> two = ScriptedPackets.concat(one, ScriptedPackets.anew(one));
    PacketDecoding decoding = PacketDecoding.builder().sleep(MostlyStill.BRIEF).build();
    int live = NativeCount.live();
    MostlyStill.Reading reading;
    try (FrameReader reader =
        decoding.open(ScriptedPackets.of(two), Optional.empty(), DecodeDemand.MOVING)) {
      reading = MostlyStill.rest(reader);
    }

    assertThat(reading.states())
        .filteredOn(status -> status.state() == SleepStatus.State.ASLEEP)
        .hasSizeGreaterThan(10);
    assertThat(reading.frames().size() + reading.notDemanded()).isEqualTo(2 * frames);
    assertThat(reading.indices()).isSorted().doesNotHaveDuplicates().contains((long) frames);
    assertThat(reading.frames()).noneMatch(FrameInfo::corrupt);
    assertThat(reading.frames()).extracting(frame -> frame.time().pts()).isSorted();
    // What came last in the first run was not seen to be still, so it was decoded.
    assertThat(reading.holds(frames / 12 * 12, frames)).isTrue();
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void tryAdvance_decodeOnly_givesNoFrameNoIndexAndNoCount() {
    List<Recorded> packets =
        ScriptedPackets.concat(
            avc.subList(0, 10).stream().map(Recorded::decodeOnly).toList(),
            avc.subList(10, avc.size()));
    for (DecodeDemand demand : DecodeDemand.values()) {
      try (FrameReader reader = ScriptedPackets.of(packets).open(Optional.empty(), demand)) {
        List<FrameInfo> frames = ScriptedPackets.readAll(reader);

        assertThat(frames.size() + reader.notDemanded()).as("%s", demand).isEqualTo(51);
        if (demand == DecodeDemand.ALL) {
          assertThat(frames.get(0).index()).isZero();
          assertThat(frames).noneMatch(FrameInfo::corrupt);
        }
      }
    }
  }

  @Test
  void tryAdvance_capturedByItsProducer_saysSo() {
    Instant taken = Instant.parse("2026-01-02T03:04:05.123456789Z");
    Recorded key = avc.get(0);
    PacketInfo info = key.info();
    Recorded told =
        key.with(
            new PacketInfo(
                info.format(), 0, 0, true, false, false, taken, CaptureClock.KVS_PRODUCER, 42));
    try (FrameReader reader = ScriptedPackets.of(List.of(told)).open()) {
      FrameInfo frame = ScriptedPackets.readAll(reader).get(0);

      assertThat(frame.time().captured()).isEqualTo(taken);
      assertThat(frame.time().capturedFrom()).isEqualTo(CaptureClock.KVS_PRODUCER);
      assertThat(frame.time().arrivalNanos()).isEqualTo(42);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-codec", "aac", "subrip", ""})
  void open_unsupportedCodec_saysWhich(String codec) {
    int live = NativeCount.live();
    List<Recorded> packets = List.of(withCodec(avc.get(0), codec));

    SourceException failure =
        catchThrowableOfType(
            SourceException.class, () -> ScriptedPackets.of(packets).open().close());

    assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("\"" + codec + "\"");
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void tryAdvance_changesToAnUnsupportedCodec_saysSoEachTimeAndCanBeClosed() {
    int live = NativeCount.live();
    List<Recorded> packets =
        ScriptedPackets.concat(avc.subList(0, 3), List.of(withCodec(avc.get(0), "no-such-codec")));
    try (FrameReader reader = ScriptedPackets.of(packets).open()) {
      SourceException failure =
          catchThrowableOfType(SourceException.class, () -> ScriptedPackets.readAll(reader));
      assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
    }
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  private static Recorded withCodec(Recorded packet, String codec) {
    PacketInfo info = packet.info();
    EncodedFormat format =
        new EncodedFormat(codec, Packaging.NONE, 64, 64, new byte[0], OptionalDouble.empty());
    return packet.with(
        new PacketInfo(format, 0, 0, true, false, false, info.captured(), info.capturedFrom(), 0));
  }

  private static void assertSteady(List<FrameInfo> frames, int count) {
    assertThat(frames)
        .extracting(FrameInfo::index)
        .isEqualTo(LongStream.range(0, count).boxed().toList());
    assertThat(frames)
        .extracting(frame -> frame.time().pts())
        .isEqualTo(
            LongStream.range(0, count).mapToObj(index -> FRAME.multipliedBy(index)).toList());
  }
}
