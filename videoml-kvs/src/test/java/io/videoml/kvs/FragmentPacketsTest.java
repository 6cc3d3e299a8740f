package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameInfo;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of fragments, without a network. */
@Timeout(60)
class FragmentPacketsTest {
  private static final TestClip CLIP = TestClips.movingSquare();
  private static final byte[] NONE = {};

  private static List<MadeFragment> made(int count) {
    List<MadeFragment> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MadeFragment fragment = new MadeFragment("" + (100 + i)).pictures(3, 40, 100);
      fragment.clusterMillis = 2000L * i;
      made.add(fragment);
    }
    return made;
  }

  private static List<PacketInfo> read(KvsSource.Builder builder, List<MadeFragment> fragments) {
    List<PacketInfo> infos = new ArrayList<>();
    try (PacketReader reader = new MemorySource(builder, fragments).openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> infos.add(packet.info()))) {}
    }
    return infos;
  }

  private static List<FrameInfo> decode(KvsSource.Builder builder, List<MadeFragment> fragments) {
    List<FrameInfo> infos = new ArrayList<>();
    try (FrameReader reader = new MemorySource(builder, fragments).open()) {
      while (reader.tryAdvance(frame -> infos.add(frame.info()))) {}
    }
    return infos;
  }

  private static KvsSource.Builder source() {
    return KvsSource.builder("dock-3");
  }

  @Test
  void captured_byDefault_isTheProducersClockCarriedOnByTimecodes() {
    List<MadeFragment> fragments = made(2);
    fragments.get(1).producer = Instant.parse("2026-11-24T10:00:00.500Z");

    PacketInfo last = read(source(), fragments).get(5);

    assertThat(last.captured()).isEqualTo(Instant.parse("2026-11-24T10:00:00.580Z"));
    assertThat(last.capturedFrom()).isEqualTo(CaptureClock.KVS_PRODUCER);
  }

  @Test
  void captured_serversClock_isTakenWhereWanted() {
    List<MadeFragment> fragments = made(1);
    fragments.get(0).server = Instant.parse("2026-11-24T10:00:01Z");

    PacketInfo last = read(source().clock(CaptureClock.KVS_SERVER), fragments).get(2);

    assertThat(last.captured()).isEqualTo(Instant.parse("2026-11-24T10:00:01.080Z"));
    assertThat(last.capturedFrom()).isEqualTo(CaptureClock.KVS_SERVER);
  }

  @Test
  void captured_producersClockAtZero_isTheServers() {
    List<MadeFragment> fragments = made(1);
    fragments.get(0).producer = Instant.ofEpochSecond(5);

    PacketInfo first = read(source(), fragments).get(0);

    assertThat(first.captured()).isEqualTo(fragments.get(0).server);
    assertThat(first.capturedFrom()).isEqualTo(CaptureClock.KVS_SERVER);
  }

  @Test
  void discontinuity_producerRestart_isMarkedOnceAndTimesGoBack() {
    List<MadeFragment> fragments = made(3);
    fragments.get(2).clusterMillis = 0;

    List<PacketInfo> infos = read(source(), fragments);

    assertThat(infos)
        .extracting(PacketInfo::discontinuity)
        .containsExactly(false, false, false, false, false, false, true, false, false);
    assertThat(infos.get(6).ptsNanos()).isZero();
  }

  @Test
  void resent_byDefault_isDeliveredAsTheServiceHasIt() {
    List<MadeFragment> fragments = made(2);
    fragments.get(1).clusterMillis = 0;

    assertThat(read(source(), fragments)).hasSize(6);
  }

  @Test
  void resent_skipResent_isPassedOverAndTold() {
    List<MadeFragment> fragments = made(3);
    fragments.get(1).clusterMillis = 0;
    List<KvsStatistics> statistics = new ArrayList<>();
    Recorder recorder = new Recorder();

    List<PacketInfo> infos = read(source().skipResent().listener(recorder), fragments);
    statistics.add(recorder.statistics.get(0).get());

    assertThat(infos).hasSize(6).noneMatch(PacketInfo::discontinuity);
    assertThat(recorder.told).containsExactly("duplicate 101 resent true");
    assertThat(statistics.get(0).resent()).isEqualTo(1);
    assertThat(statistics.get(0).complete()).isEqualTo(2);
  }

  @Test
  void resent_skipResentFrameByFrame_takesUpWhereTheProducerWasCut() {
    List<MadeFragment> fragments = made(2);
    fragments.get(0).token = false;
    fragments.get(1).clusterMillis = 0;
    fragments.get(0).frames.subList(2, 6).clear();

    List<PacketInfo> infos = read(source().skipResent().delivery(KvsDelivery.FRAME), fragments);

    assertThat(infos).hasSize(3).noneMatch(PacketInfo::discontinuity);
  }

  @Test
  void statistics_afterReading_tellWhatCame() {
    Recorder recorder = new Recorder();
    List<MadeFragment> fragments = made(4);
    fragments.get(2).token = false;

    read(source().listener(recorder), fragments);
    KvsStatistics statistics = recorder.statistics.get(0).get();

    assertThat(statistics.connections()).isEqualTo(1);
    assertThat(statistics.complete()).isEqualTo(3);
    assertThat(statistics.incomplete()).isEqualTo(1);
    assertThat(statistics.gaps()).isEqualTo(1);
    assertThat(statistics.frames()).isEqualTo(9);
    assertThat(statistics.bytes()).isPositive();
    assertThat(statistics.millisBehindNow()).hasValue(1234);
    assertThat(recorder.told).containsExactly("gap INCOMPLETE 101 103");
  }

  @Test
  void listener_thatThrows_changesNothing() {
    List<MadeFragment> fragments = made(3);
    fragments.get(1).token = false;

    assertThat(read(source().listener(new Failing()), fragments)).hasSize(6);
  }

  @Test
  void frame_withoutBytes_isCountedAndPassedOver() {
    for (KvsDelivery delivery : KvsDelivery.values()) {
      List<MadeFragment> fragments = made(3);
      fragments.get(0).frames.set(2, new MadeFragment.MadeFrame(1, 40, false, NONE));
      fragments.get(1).frames.set(0, new MadeFragment.MadeFrame(1, 0, true, NONE));
      fragments.get(2).frames.set(4, new MadeFragment.MadeFrame(1, 80, false, NONE));
      Recorder recorder = new Recorder();

      List<PacketInfo> infos = read(source().delivery(delivery).listener(recorder), fragments);
      KvsStatistics statistics = recorder.statistics.get(0).get();

      assertThat(infos).hasSize(6).noneMatch(PacketInfo::discontinuity);
      assertThat(statistics.frames()).isEqualTo(9);
      assertThat(statistics.undecodable()).isEqualTo(3);
      assertThat(statistics.complete()).isEqualTo(3);
    }
  }

  @Test
  void dts_reorderedPictures_showTheDepthInTheFirstPacket() {
    List<MadeFragment> fragments = made(2);
    for (MadeFragment fragment : fragments) {
      fragment.defaultDuration = 20_000_000;
      fragment.frames.clear();
      for (int millis : new int[] {0, 80, 40, 20, 60}) {
        fragment.frames.add(
            new MadeFragment.MadeFrame(1, millis, millis == 0, fragment.content(millis, 50)));
      }
    }

    List<PacketInfo> infos = read(source(), fragments);
    List<PacketInfo> asTheyCome = read(source().delivery(KvsDelivery.FRAME), fragments);

    assertThat(infos.get(0).format().frameRate()).hasValue(50);
    assertThat(infos.get(0).ptsNanos() - infos.get(0).dtsNanos()).isEqualTo(2 * 20_000_000);
    assertThat(infos)
        .extracting(PacketInfo::dtsNanos)
        .startsWith(-40_000_000L, -20_000_000L, 0L, 20_000_000L, 40_000_000L, 60_000_000L)
        .isSorted();
    assertThat(asTheyCome.get(0).format().frameRate()).isEmpty(); // the depth is a guess
  }

  @Test
  void format_codecPrivate_tellsWhatSeparates() {
    List<MadeFragment> fragments = made(3);
    fragments.get(1).codecPrivate = new byte[] {0, 0, 0, 1, 0x67, 0};
    MadeFragment bare = fragments.get(2);
    bare.codecPrivate = NONE;
    bare.frames.clear();
    bare.frames.add(new MadeFragment.MadeFrame(1, 0, true, new byte[] {0, 0, 1, 0x65, 1}));

    List<PacketInfo> infos = read(source(), fragments);

    assertThat(infos.get(0).format().packaging()).isEqualTo(Packaging.LENGTH_PREFIXED);
    assertThat(infos.get(0).format().width()).isEqualTo(64);
    assertThat(infos.get(1).format()).isSameAs(infos.get(0).format());
    assertThat(infos.get(3).format().packaging()).isEqualTo(Packaging.ANNEX_B);
    assertThat(infos.get(6).format().packaging()).isEqualTo(Packaging.ANNEX_B);
  }

  @Test
  void open_unknownCodec_namesIt() {
    List<MadeFragment> fragments = made(1);
    fragments.get(0).codec = "V_MS/VFW/FOURCC";

    assertThatThrownBy(() -> read(source(), fragments))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessageContaining("V_MS/VFW/FOURCC");
  }

  @Test
  void open_soundOnly_isUnsupported() {
    List<MadeFragment> fragments = made(1);
    fragments.get(0).video = false;

    assertThatThrownBy(() -> read(source(), fragments))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessageContaining("no video track");
  }

  @Test
  void open_inTheMiddleOfAGroup_beginsAtTheNextKeyFrame() {
    List<MadeFragment> fragments = made(2);
    fragments.get(0).frames.remove(0);

    List<PacketInfo> infos = read(source(), fragments);

    assertThat(infos).hasSize(3);
    assertThat(infos.get(0).keyFrame()).isTrue();
  }

  @Test
  void position_fragmentWithoutAKeyFrame_leadsToTheOneBefore() {
    List<MadeFragment> fragments = made(3);
    MadeFragment second = fragments.get(1);
    second.frames.set(0, new MadeFragment.MadeFrame(1, 0, false, second.content(0, 100)));
    List<io.videoml.frame.ResumePosition> positions = new ArrayList<>();
    MemorySource source = new MemorySource(source(), fragments);
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> positions.add(packet.position().orElseThrow()))) {}
    }

    List<String> again = new ArrayList<>();
    try (PacketReader reader = source.openPackets(Optional.of(positions.get(3)))) {
      while (reader.tryAdvance(
          packet ->
              again.add(
                  (packet.info().decodeOnly() ? "-" : "") + MadeFragment.name(packet.data())))) {}
    }

    assertThat(again)
        .containsExactly(
            "-100#0", "-100#1", "-100#2", "-101#0", "101#1", "101#2", "102#0", "102#1", "102#2");
  }

  @Test
  void position_lastFrameBeforeAFragmentWithoutAKeyFrame_losesNothing() {
    List<MadeFragment> fragments = made(5);
    for (int i = 1; i < 5; i += 2) {
      MadeFragment odd = fragments.get(i);
      odd.frames.set(0, new MadeFragment.MadeFrame(1, 0, false, odd.content(0, 100)));
    }
    List<io.videoml.frame.ResumePosition> positions = new ArrayList<>();
    MemorySource source = new MemorySource(source(), fragments);
    try (PacketReader reader = source.openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> positions.add(packet.position().orElseThrow()))) {}
    }

    List<String> again = new ArrayList<>();
    try (PacketReader reader = source.openPackets(Optional.of(positions.get(8)))) {
      while (reader.tryAdvance(
          packet -> {
            if (!packet.info().decodeOnly()) {
              again.add(MadeFragment.name(packet.data()));
            }
          })) {}
    }

    assertThat(again).containsExactly("103#0", "103#1", "103#2", "104#0", "104#1", "104#2");
  }

  @Test
  void frames_afterAGap_areDecodedAfresh() {
    List<MadeFragment> fragments = Clips.h264(CLIP);
    fragments.get(2).token = false;

    List<FrameInfo> frames = decode(source(), fragments);

    assertThat(frames).hasSize(48).noneMatch(FrameInfo::corrupt);
    assertThat(frames.get(24).time().pts()).isEqualTo(Duration.ofMillis(1200));
  }

  @Test
  void frames_producerRestartsInAnotherSize_allComeAndTimeGoesOn() {
    List<MadeFragment> fragments = new ArrayList<>(Clips.h264(CLIP.withFrames(24)));
    for (MadeFragment other : Clips.h264(CLIP.withSize(96, 80).withFrames(24))) {
      MadeFragment renumbered = new MadeFragment("2" + other.number);
      renumbered.clusterMillis = other.clusterMillis;
      renumbered.codecPrivate = other.codecPrivate;
      renumbered.frames.addAll(other.frames);
      fragments.add(renumbered);
    }

    List<FrameInfo> frames = decode(source(), fragments);

    assertThat(frames).hasSize(48).noneMatch(FrameInfo::corrupt);
    assertThat(frames).extracting(frame -> frame.time().pts()).isSorted();
    assertThat(frames.get(23).width()).isEqualTo(64);
    assertThat(frames.get(24).width()).isEqualTo(96);
  }

  /** Writes down what it is told; travels nowhere. */
  private static final class Recorder implements KvsListener {
    private static final long serialVersionUID = 1L;
    private final transient List<Supplier<KvsStatistics>> statistics = new ArrayList<>();
    private final transient List<String> told = new ArrayList<>();

    @Override
    public void onOpen(String source, Supplier<KvsStatistics> view) {
      statistics.add(view);
    }

    @Override
    public void onGap(String source, KvsGap gap) {
      told.add("gap " + gap.reason() + " " + gap.after().orElseThrow() + " " + gap.before());
    }

    @Override
    public void onDuplicate(
        String source, io.videoml.kvs.fragment.FragmentNumber number, boolean resent) {
      told.add("duplicate " + number + " resent " + resent);
    }
  }

  /** Fails whatever it is told. */
  private static final class Failing implements KvsListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void onGap(String source, KvsGap gap) {
      throw new IllegalStateException("made up");
    }
  }
}
