package io.videoml.ffmpeg;

import static io.videoml.ffmpeg.MostlyStill.BRIEF;
import static io.videoml.ffmpeg.MostlyStill.GOP;
import static io.videoml.ffmpeg.MostlyStill.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.MostlyStill.Reading;
import io.videoml.frame.FrameInfo;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SleepStatus;
import io.videoml.source.SleepStatus.State;
import io.videoml.testkit.TestClip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a sleeping stream delivers. Something moves from frame 150 on, in the group of key frame
 * 144.
 */
class SleepTest {
  private static final int FRAMES = 300;
  private static final int FROM = 150;
  private static final int UNTIL = 180;
  private static final TestClip CLIP = MostlyStill.clip(FRAMES, FROM, UNTIL);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "a.mp4, libopenh264, 0, 1",
    "a.ts, libopenh264, 0, 1",
    "a.mp4, libopenh264, 0, 3",
    "a.mp4, libopenh264, 0, 16",
    "a.mkv, mpeg4, 2, 1",
    "a.ts, mpeg2video, 2, 3",
    "a.webm, libvpx, 0, 1"
  })
  void read_somethingMoves_deliversItWholeAndElseKeyFrames(
      String name, String encoder, int bFrames, int threads) {
    Path file = Clips.encode(CLIP, directory.resolve(name), encoder, bFrames);
    FrameSource source = FfmpegSource.builder(file).threads(threads).sleep(BRIEF).build();

    Reading all = read(source, DecodeDemand.ALL);
    Reading some = read(source, DecodeDemand.MOVING);

    assertThat(some.holds(144, UNTIL)).isTrue();
    assertThat(some.indices()).containsAll(keyFrames(all)).isSorted().doesNotHaveDuplicates();
    assertThat(some.frames().size()).isBetween(70, 130 + GOP);
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(FRAMES);
    assertSameFrames(some, all);
    assertThat(stateOf(some, 0)).isEqualTo(State.AWAKE);
    assertThat(stateOf(some, 132)).isEqualTo(State.ASLEEP);
    assertThat(stateOf(some, 160)).isEqualTo(State.AWAKE);
    assertThat(stateOf(some, 288)).isEqualTo(State.ASLEEP);
    assertThat(all.states()).containsOnly(SleepStatus.OFF);
  }

  @Test
  void read_openGroups_deliversWholeFramesOfTheirTruePlaces() {
    FrameSource source =
        FfmpegSource.builder(SharedData.video("derived_cars_opengop.mp4"))
            .sleep(SleepSettings.builder().stayAwake(BRIEF.stayAwake()).wakeAbove(0.02).build())
            .build();

    Reading all = read(source, DecodeDemand.ALL);
    Reading some = read(source, DecodeDemand.MOVING);

    assertThat(some.indices()).containsAll(keyFrames(all)).isSorted().doesNotHaveDuplicates();
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(all.frames().size());
    assertSameFrames(some, all);
  }

  @Test
  void read_somethingMovesAfterTheLastKeyFrame_deliversItToTheEnd() {
    TestClip clip = MostlyStill.clip(FRAMES, FRAMES - 8, FRAMES);
    Path file = Clips.encode(clip, directory.resolve("a.mp4"), "libopenh264", 0);

    Reading some = read(source(file), DecodeDemand.MOVING);

    assertThat(some.holds(FRAMES - GOP, FRAMES)).isTrue();
    assertThat(some.indices()).isSorted().doesNotHaveDuplicates();
    assertThat(stateOf(some, FRAMES - GOP)).isEqualTo(State.ASLEEP);
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(FRAMES);
  }

  @Test
  void read_nothingMoves_staysAsleepToTheEnd() {
    Path file =
        Clips.encode(MostlyStill.clip(FRAMES, 0, 0), directory.resolve("a.mp4"), "libopenh264", 0);

    int live = NativeCount.live();
    Reading some = read(source(file), DecodeDemand.MOVING);

    assertThat(some.frames().stream().filter(frame -> !frame.keyFrame()).count())
        .isLessThan(3 * GOP); // the first and the last groups
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(FRAMES);
    assertThat(NativeCount.live()).isEqualTo(live);
  }

  @Test
  void position_whileAsleepAndWhileWaking_goesOnRightAfterIt() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", 0);
    Reading some = read(source(file), DecodeDemand.MOVING);

    for (long index : new long[] {132, 144, 147, 156, 170}) {
      int at = some.indices().indexOf(index);
      Reading rest = read(source(file), some.positions().get(at), DecodeDemand.ALL);

      assertThat(rest.indices()).isEqualTo(LongStream.range(index + 1, FRAMES).boxed().toList());
    }
  }

  @Test
  void demand_narrowedWhileAsleep_deliversKeyFramesAndCountsTheRest() {
    assertThat(switchingAt(132, DecodeDemand.KEY_FRAMES))
        .startsWith(144L, 156L, 168L)
        .allMatch(index -> index % GOP == 0 || index == FRAMES - 1)
        .hasSizeBetween(13, 14);
  }

  @Test
  void demand_widenedWhileAsleep_deliversAllFromOneOfTheNextKeyFrames() {
    List<Long> indices = switchingAt(108, DecodeDemand.ALL);

    assertThat(indices).endsWith(LongStream.range(132, FRAMES).boxed().toArray(Long[]::new));
  }

  @Test
  void demand_widenedToReferenceFramesWhileAsleep_countsTheRest() {
    assertThat(switchingAt(108, DecodeDemand.REFERENCE_FRAMES)).contains(120L, 288L);
  }

  /** Returns the frames after the one, while asleep, at which the demand changes. */
  private List<Long> switchingAt(long index, DecodeDemand next) {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "mpeg4", 2);
    List<Long> before = new ArrayList<>();
    try (FrameReader reader = source(file).open(Optional.empty(), DecodeDemand.MOVING)) {
      while (!before.contains(index)) {
        reader.tryAdvance(frame -> before.add(frame.info().index()));
      }
      assertThat(reader.stream().sleep().state()).isEqualTo(State.ASLEEP);
      reader.demand(next);
      Reading rest = MostlyStill.rest(reader);

      assertThat(before.size() + rest.frames().size() + rest.notDemanded()).isEqualTo(FRAMES);
      assertThat(rest.states().get(1).state()).isEqualTo(State.OFF);
      return rest.indices();
    }
  }

  @Test
  void demand_forWhatMovesWhileReading_sleepsOnceItIsQuiet() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", 0);
    try (FrameReader reader = source(file).open()) {
      for (int i = 0; i < 40; i++) {
        reader.tryAdvance(frame -> {});
      }
      reader.demand(DecodeDemand.MOVING);
      Reading rest = MostlyStill.rest(reader);

      assertThat(rest.holds(40, 55)).isTrue();
      assertThat(stateOf(rest, 132)).isEqualTo(State.ASLEEP);
      assertThat(rest.holds(144, UNTIL)).isTrue();
      assertThat(40 + rest.frames().size() + rest.notDemanded()).isEqualTo(FRAMES);
    }
  }

  @Test
  void everyNthKeyFrame_somethingMoves_deliversFromTheKeyFrameLastLookedAt() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", 0);
    FrameSource source =
        FfmpegSource.builder(file)
            .sleep(SleepSettings.builder().stayAwake(BRIEF.stayAwake()).everyNthKeyFrame(3).build())
            .build();

    Reading all = read(source, DecodeDemand.ALL);
    Reading some = read(source, DecodeDemand.MOVING);

    assertThat(some.holds(144, UNTIL)).isTrue();
    assertThat(some.indices()).doesNotContainAnyElementsOf(List.of(61L, 72L, 85L));
    assertThat(some.frames().size() + some.notDemanded()).isEqualTo(FRAMES);
    assertSameFrames(some, all);
  }

  @Test
  void wakeOnPackets_somethingComesAndGoesBetweenKeyFrames_deliversIt() {
    Path file =
        Clips.encode(
            MostlyStill.clip(FRAMES, 194, 201), directory.resolve("a.mp4"), "libopenh264", 0);
    SleepSettings keen =
        SleepSettings.builder().stayAwake(BRIEF.stayAwake()).wakeOnPacketsAbove(4).build();

    Reading plain = read(source(file), DecodeDemand.MOVING);
    Reading some = read(FfmpegSource.builder(file).sleep(keen).build(), DecodeDemand.MOVING);

    assertThat(plain.holds(194, 201)).isFalse();
    assertThat(some.holds(192, 201)).isTrue();
    assertThat(stateOf(some, 276)).isEqualTo(State.ASLEEP);
  }

  @Test
  void close_whilePacketsAreHeld_leavesNothing() {
    Path file = Clips.encode(CLIP, directory.resolve("a.mp4"), "libopenh264", 0);
    int live = NativeCount.live();
    for (int last : new int[] {132, 144, 150}) {
      FrameReader reader = source(file).open(Optional.empty(), DecodeDemand.MOVING);
      List<Long> seen = new ArrayList<>();
      while (!seen.contains((long) last)) {
        reader.tryAdvance(frame -> seen.add(frame.info().index()));
      }
      assertThat(NativeCount.live()).isGreaterThan(live);
      reader.close();

      assertThat(NativeCount.live()).as("closed at %d", last).isEqualTo(live);
    }
  }

  private static FfmpegSource source(Path file) {
    return FfmpegSource.builder(file).sleep(BRIEF).build();
  }

  private static State stateOf(Reading reading, long index) {
    return reading.states().get(reading.indices().indexOf(index)).state();
  }

  private static List<Long> keyFrames(Reading reading) {
    return reading.frames().stream().filter(FrameInfo::keyFrame).map(FrameInfo::index).toList();
  }

  private static void assertSameFrames(Reading some, Reading all) {
    for (int i = 0; i < some.frames().size(); i++) {
      FrameInfo frame = some.frames().get(i);
      FrameInfo same = all.frames().get((int) frame.index());
      assertThat(frame.time().pts()).isEqualTo(same.time().pts());
      assertThat(frame.keyFrame()).isEqualTo(same.keyFrame());
      assertThat(frame.corrupt()).isFalse();
      assertThat(some.lumas().get(i)).isEqualTo(all.lumas().get((int) frame.index()));
    }
    assertThat(some.frames()).extracting(frame -> frame.time().arrivalNanos()).isSorted();
  }
}
