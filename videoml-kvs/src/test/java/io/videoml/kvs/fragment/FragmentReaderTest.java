package io.videoml.kvs.fragment;

import static io.videoml.kvs.fragment.Mkv.KEY;
import static io.videoml.kvs.fragment.Mkv.block;
import static io.videoml.kvs.fragment.Mkv.bytes;
import static io.videoml.kvs.fragment.Mkv.document;
import static io.videoml.kvs.fragment.Mkv.element;
import static io.videoml.kvs.fragment.Mkv.fragment;
import static io.videoml.kvs.fragment.Mkv.frame;
import static io.videoml.kvs.fragment.Mkv.info;
import static io.videoml.kvs.fragment.Mkv.join;
import static io.videoml.kvs.fragment.Mkv.number;
import static io.videoml.kvs.fragment.Mkv.tags;
import static io.videoml.kvs.fragment.Mkv.text;
import static io.videoml.kvs.fragment.Mkv.time;
import static io.videoml.kvs.fragment.Mkv.track;
import static io.videoml.kvs.fragment.Mkv.tracks;
import static io.videoml.kvs.fragment.Mkv.unsized;
import static io.videoml.kvs.fragment.Mkv.wide;
import static io.videoml.kvs.fragment.Recorder.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each form of Matroska means, by documents of a few bytes. */
class FragmentReaderTest {
  private static final byte[] CLUSTER = element(Ids.CLUSTER, time(0), frame(0, 7));

  private static List<byte[]> frames(byte[] stream) {
    List<byte[]> datas = new ArrayList<>();
    FragmentReader reader =
        new FragmentReader(
            new Recorder() {
              @Override
              public void onFrame(KvsFrame frame) {
                super.onFrame(frame);
                byte[] data = new byte[frame.size()];
                frame.data().get(data);
                datas.add(data);
              }
            },
            FragmentLimits.defaults());
    reader.feed(ByteBuffer.wrap(stream));
    reader.end();
    return datas;
  }

  private static byte[] oneBlock(byte[] block) {
    return document(tracks(), element(Ids.CLUSTER, time(0), element(Ids.SIMPLE_BLOCK, block)));
  }

  @Test
  void feed_xiphLacing_givesEachFrame() {
    byte[] long300 = new byte[300];
    byte[] laced = block(1, 0, 0x02, bytes(2, 255, 45, 1), long300, bytes(5), bytes(6, 6));

    assertThat(frames(oneBlock(laced))).containsExactly(long300, bytes(5), bytes(6, 6));
  }

  @Test
  void feed_fixedLacing_givesFramesOfOneSize() {
    byte[] laced = block(1, 0, 0x04, bytes(2, 1, 1, 2, 2, 3, 3));

    assertThat(frames(oneBlock(laced))).containsExactly(bytes(1, 1), bytes(2, 2), bytes(3, 3));
  }

  @Test
  void feed_ebmlLacing_addsDifferences() {
    // 3 bytes, then two fewer (0xBF is 0), then two more.
    byte[] laced =
        block(1, 0, 0x06, bytes(3, 0x83, 0xBF - 2, 0xBF + 2), bytes(1, 1, 1, 2, 3, 3, 3, 4));

    assertThat(frames(oneBlock(laced)))
        .containsExactly(bytes(1, 1, 1), bytes(2), bytes(3, 3, 3), bytes(4));
  }

  @Test
  void feed_lacedFrames_areADefaultDurationApart() {
    byte[] laced = block(1, 10, KEY | 0x04, bytes(2, 1, 2, 3));
    Recorder found =
        read(
            document(
                element(Ids.TRACKS, track(1, number(Ids.DEFAULT_DURATION, 20_000_000))),
                element(Ids.CLUSTER, time(100), element(Ids.SIMPLE_BLOCK, laced), frame(70, 4))));

    assertThat(found.frames)
        .extracting(Recorder.Frame::timecodeNanos)
        .containsExactly(110_000_000L, 130_000_000L, 150_000_000L, 170_000_000L);
    assertThat(found.frames).extracting(Recorder.Frame::index).containsExactly(0, 1, 2, 3);
    assertThat(found.frames).allMatch(Recorder.Frame::keyFrame);
  }

  @Test
  void feed_blockGroups_keyFramesAreThoseWithoutReference() {
    byte[] duration = number(0x9B, 40);
    byte[] key = element(Ids.BLOCK_GROUP, element(Ids.BLOCK, block(1, 0, 0, bytes(1))), duration);
    byte[] other =
        element(
            Ids.BLOCK_GROUP,
            duration,
            element(Ids.BLOCK, block(1, 40, 0, bytes(2))),
            number(Ids.REFERENCE_BLOCK, -40));
    Recorder found = read(document(tracks(), element(Ids.CLUSTER, time(0), key, other)));

    assertThat(found.frames).extracting(Recorder.Frame::keyFrame).containsExactly(true, false);
    assertThat(found.frames)
        .extracting(Recorder.Frame::timecodeNanos)
        .containsExactly(0L, 40_000_000L);
  }

  @Test
  void feed_blockBeforeItsCluster_hasNegativeTime() {
    Recorder found = read(document(tracks(), element(Ids.CLUSTER, time(0), frame(-5, 1))));

    assertThat(found.frames.get(0).timecodeNanos()).isEqualTo(-5_000_000);
  }

  @Test
  void feed_otherTimecodeScale_countsInIt() {
    Recorder found =
        read(document(info(100_000), tracks(), element(Ids.CLUSTER, time(50), frame(3, 1))));

    assertThat(found.frames.get(0).timecodeNanos()).isEqualTo(5_300_000);
    assertThat(found.ends.get(0).clusterTimecodeNanos()).isEqualTo(5_000_000);
  }

  @Test
  void feed_unknownSizesAndFillings_arePassedOver() {
    byte[] filling = element(Ids.VOID, new byte[4029]);
    byte[] checksum = element(Ids.CRC_32, bytes(1, 2, 3, 4));
    byte[] one =
        document(
            checksum,
            element(Ids.SEEK_HEAD, bytes(9, 9)),
            filling,
            tracks(),
            tags(Mkv.NUMBER, "1"),
            unsized(Ids.CLUSTER, checksum, time(0), filling, frame(0, 1), filling, frame(1, 2)),
            element(Ids.CUES, bytes(9, 9)),
            filling,
            tags(Mkv.TOKEN, "1"),
            element(Ids.CUES, bytes(9, 9)),
            element(Ids.ATTACHMENTS, bytes(9, 9)));
    Recorder found = read(filling, one, fragment("2", CLUSTER));

    assertThat(found.ends).extracting(KvsFragment::frames).containsExactly(2, 1);
    assertThat(found.ends).allMatch(KvsFragment::complete);
  }

  @Test
  void feed_unknownClusterInKnownSegment_endsWithIt() {
    byte[] segment =
        element(Ids.SEGMENT, tracks(), unsized(Ids.CLUSTER, time(0), frame(0, 1), frame(1, 2)));
    Recorder found = read(Mkv.header(), segment, fragment("2", CLUSTER));

    assertThat(found.ends).extracting(KvsFragment::frames).containsExactly(2, 1);
    assertThat(found.ends).allMatch(KvsFragment::complete);
  }

  @Test
  void feed_paddedStringsAndWideSizes_areRead() {
    byte[] padded =
        wide(
            Ids.TRACKS,
            wide(
                Ids.TRACK_ENTRY,
                number(Ids.TRACK_NUMBER, 1),
                text(Ids.CODEC_ID, "V_MPEGH/ISO/HEVC\0\0\0\0\0\0\0"),
                text(Ids.NAME, "\0\0\0")));
    byte[] tag =
        wide(
            Ids.TAGS,
            wide(
                Ids.TAG,
                wide(
                    Ids.SIMPLE_TAG,
                    wide(Ids.TAG_NAME, "place\0\0".getBytes(StandardCharsets.UTF_8)),
                    text(Ids.TAG_STRING, "dock \u00e9\0"))));
    Recorder found = read(document(padded, tag, wide(Ids.CLUSTER, time(0), frame(0, 1))));

    KvsFragment end = found.ends.get(0);
    assertThat(end.tracks().get(0).codecId()).isEqualTo("V_MPEGH/ISO/HEVC");
    assertThat(end.tracks().get(0).name()).isEmpty();
    assertThat(end.tags()).containsExactly(entry("place", "dock \u00e9"));
  }

  @Test
  void data_frameWithinThePiece_isAViewOfIt() {
    byte[] stream = document(tracks(), element(Ids.CLUSTER, time(0), frame(0, 65, 66)));
    List<Byte> seen = new ArrayList<>();
    FragmentReader reader =
        new FragmentReader(
            new Recorder() {
              @Override
              public void onFrame(KvsFrame frame) {
                ByteBuffer data = frame.data();
                stream[stream.length - 1] = 99;
                seen.add(data.get(1));
              }

              @Override
              public void onEnd(KvsFragment fragment) {}
            },
            FragmentLimits.defaults());
    reader.feed(ByteBuffer.wrap(stream));

    assertThat(seen).containsExactly((byte) 99);
  }

  @Test
  void feed_directAndReadOnlyAndOffsetBuffers_giveTheSame() {
    byte[] stream = fragment("5", CLUSTER);
    Recorder expected = read(stream);
    ByteBuffer direct = ByteBuffer.allocateDirect(stream.length + 9).position(9).put(stream);
    ByteBuffer offset = ByteBuffer.wrap(join(new byte[5], stream)).position(5).slice();
    for (ByteBuffer buffer :
        List.of(
            direct.position(9), direct.position(9).slice(), offset, offset.asReadOnlyBuffer())) {
      Recorder found = new Recorder();
      FragmentReader reader = new FragmentReader(found, FragmentLimits.defaults());
      reader.feed(buffer.duplicate());
      reader.end();
      assertThat(found.frames).isEqualTo(expected.frames);
      assertThat(found.ends).isEqualTo(expected.ends);
    }
  }
}
