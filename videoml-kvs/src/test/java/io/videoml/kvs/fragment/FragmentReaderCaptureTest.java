package io.videoml.kvs.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded streams give what their manifest says, however they come. */
@Timeout(60)
class FragmentReaderCaptureTest {
  private static final int WHOLE = Integer.MAX_VALUE;

  static List<Capture> captures() {
    return Capture.all().toList();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void feed_captureAsAWhole_givesItsFragmentsAndFrames(Capture capture) {
    Recorder found = Recorder.read(capture.bytes(), WHOLE);

    assertThat(found.ends).extracting(KvsFragment::frames).isEqualTo(capture.framesByFragment());
    assertThat(found.ends)
        .extracting(KvsFragment::complete)
        .isEqualTo(
            IntStream.range(0, capture.framesByFragment().size())
                .mapToObj(i -> i < capture.complete())
                .toList());
    assertThat(found.ends).allSatisfy(end -> assertThat(end.error()).isNull());
  }

  @ParameterizedTest
  @MethodSource("captures")
  void feed_captureInPiecesOfAnySize_givesTheSame(Capture capture) {
    byte[] stream = capture.bytes();
    Recorder whole = Recorder.read(stream, WHOLE);

    for (int piece : new int[] {1, 7, 1000, 16 << 10, 100_003}) {
      Recorder pieces = Recorder.read(stream, piece);
      assertThat(pieces.starts).isEqualTo(whole.starts);
      assertThat(pieces.frames).isEqualTo(whole.frames);
      assertThat(pieces.ends).isEqualTo(whole.ends);
    }
  }

  @Test
  void feed_getMedia_numbersTimesTokensAndTagsAreThoseOfTheManifest() {
    Recorder found = Recorder.read(Capture.GET_MEDIA.bytes(), WHOLE);

    KvsFragment first = found.ends.get(0);
    assertThat(first.number())
        .isEqualTo(new FragmentNumber("91343852333181432392682062607743920146159169392"));
    assertThat(first.continuation()).isEqualTo(first.number());
    assertThat(first.serverTime()).isEqualTo(Instant.parse("2017-11-28T06:55:09.126Z"));
    assertThat(first.producerTime()).isEqualTo(Instant.parse("2017-11-28T06:55:08.513Z"));
    assertThat(first.millisBehindNow()).hasValue(15858);
    assertThat(first.bytes()).isEqualTo(547925);
    assertThat(first.tags())
        .containsExactly(
            entry("COMPATIBLE_BRANDS", "isomavc1mp42"),
            entry("MAJOR_BRAND", "M4V "),
            entry("MINOR_VERSION", "1"),
            entry("HANDLER_NAME", "ETI ISO Video Media Handler"),
            entry("ENCODER", "Elemental H.264"),
            entry("DURATION", "00:00:10.000000000"));
    assertThat(first.tracks()).hasSize(1);
    assertThat(first.video())
        .hasValueSatisfying(
            track -> {
              assertThat(track.codecId()).isEqualTo("V_MPEG4/ISO/AVC");
              assertThat(track.codecPrivate().remaining()).isEqualTo(54);
              assertThat(track.width()).isEqualTo(640);
              assertThat(track.height()).isEqualTo(360);
            });
    assertThat(found.ends).extracting(KvsFragment::number).isSorted().doesNotHaveDuplicates();
    assertThat(found.ends).allMatch(end -> Objects.equals(end.number(), end.continuation()));
    assertThat(found.frames).filteredOn(Recorder.Frame::keyFrame).hasSize(5);
    assertThat(found.starts.get(0))
        .satisfies(
            start -> {
              assertThat(start.number()).isEqualTo(first.number());
              assertThat(start.producerTime()).isEqualTo(first.producerTime());
              assertThat(start.complete()).isFalse();
              assertThat(start.continuation()).isNull();
            });
  }

  @Test
  void feed_mixedTags_keepsUsersTagsApartAndReadsPaddedNames() {
    Recorder found = Recorder.read(Capture.MIXED_TAGS.bytes(), WHOLE);

    assertThat(found.ends)
        .allSatisfy(
            end -> {
              assertThat(end.tags())
                  .containsExactly(
                      entry("testTag_0", "testTag_0_Value"),
                      entry("testTag_1", "testTag_1_Value"),
                      entry("testTag_2", "testTag_2_Value"),
                      entry("testTag_3", "testTag_3_Value"),
                      entry("testTag_4", "testTag_4_Value"));
              assertThat(end.tracks().get(0).codecId()).isEqualTo("V_MS/VFW/FOURCC");
            });
    assertThat(found.ends.get(0).producerTime()).isEqualTo(Instant.EPOCH);
    assertThat(found.ends.get(9).producerTime()).isEqualTo(Instant.ofEpochSecond(45));
    assertThat(found.ends.get(0).millisBehindNow()).hasValue(910);
  }

  @Test
  void feed_equalTimecodes_bothSessionsBeginAtZeroAndTheSecondIsCut() {
    Recorder found = Recorder.read(Capture.EQUAL_TIMECODE.bytes(), WHOLE);

    assertThat(found.ends).extracting(KvsFragment::clusterTimecodeNanos).containsExactly(0L, 0L);
    assertThat(found.ends.get(0).continuation()).isNotNull();
    assertThat(found.ends.get(1).continuation()).isNull();
    assertThat(found.ends.get(1).number()).isGreaterThan(found.ends.get(0).number());
  }

  @Test
  void feed_fragmentWithoutCluster_hasNumberAndEndButNoStart() {
    Recorder found = Recorder.read(Capture.EMPTY.bytes(), WHOLE);

    assertThat(found.starts).isEmpty();
    assertThat(found.ends.get(0).number())
        .isEqualTo(new FragmentNumber("91343852338378294813695855977007281634605393997"));
    assertThat(found.ends.get(0).bytes()).isEqualTo(5729);
  }

  @Test
  void feed_kvssink_hasAbsoluteTimesAndTracks() {
    Recorder found = Recorder.read(Capture.KVSSINK.bytes(), WHOLE);

    assertThat(found.ends)
        .extracting(end -> Instant.ofEpochMilli(end.clusterTimecodeNanos() / 1_000_000))
        .containsExactly(
            Instant.ofEpochMilli(0x1a2033ecc83L),
            Instant.ofEpochMilli(0x1a2033ed453L),
            Instant.ofEpochMilli(0x1a2033edc23L));
    assertThat(found.ends.get(0).tracks())
        .extracting(KvsTrack::type)
        .containsExactly(KvsTrack.Type.VIDEO, KvsTrack.Type.AUDIO);
    assertThat(found.frames).filteredOn(frame -> frame.track() == 1).hasSize(147);
    assertThat(found.frames).filteredOn(frame -> frame.track() == 2).hasSize(276);
    assertThat(found.ends.get(0).tracks()).isSameAs(found.ends.get(2).tracks());
  }

  @Test
  void feed_kvssinkWithoutCodecPrivate_hasNoneAndNoSize() {
    KvsTrack track = Recorder.read(Capture.KVSSINK_HEVC.bytes(), WHOLE).ends.get(0).tracks().get(0);

    assertThat(track.codecId()).isEqualTo("V_MPEGH/ISO/HEVC");
    assertThat(track.codecPrivate().remaining()).isZero();
    assertThat(track.width()).isZero();
  }

  @Test
  void feed_producersDocument_everyClusterIsAFragmentWithTheDocumentsTags() {
    Recorder found = Recorder.read(Capture.CLUSTERS.bytes(), WHOLE);

    assertThat(found.ends)
        .allSatisfy(
            end -> {
              assertThat(end.number()).isNull();
              assertThat(end.tags()).containsEntry("MAJOR_BRAND", "M4V");
            });
    assertThat(found.ends)
        .extracting(end -> end.clusterTimecodeNanos() / 1_000_000)
        .containsExactly(0L, 1999L, 3999L, 5998L, 7998L, 9998L, 11997L, 13997L);
  }
}
