package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.ffmpeg.RecordedPackets.Recorded;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.source.DecodeDemand;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However senders put NAL units and parameter sets into packets, the pictures are the same. */
@Timeout(60)
class PacketPackagingTest {
  private static final int PACKETS = 40;

  /** Where the parameter sets are. */
  enum Sets {
    IN_A_RECORD,
    WITH_START_CODES,
    IN_BAND
  }

  @ParameterizedTest
  @CsvSource({
    "vtest_480x360.mp4, ANNEX_B, IN_A_RECORD",
    "vtest_480x360.mp4, ANNEX_B, WITH_START_CODES",
    "vtest_480x360.mp4, ANNEX_B, IN_BAND",
    "vtest_480x360.mp4, LENGTH_PREFIXED, IN_BAND",
    "bodypose_720p_hevc.mp4, ANNEX_B, IN_A_RECORD",
    "bodypose_720p_hevc.mp4, ANNEX_B, WITH_START_CODES",
    "bodypose_720p_hevc.mp4, ANNEX_B, IN_BAND",
    "bodypose_720p_hevc.mp4, LENGTH_PREFIXED, IN_BAND",
  })
  void open_packagedOtherwise_givesTheSameFrames(String video, Packaging packaging, Sets sets) {
    List<Recorded> packets = RecordedPackets.read(SharedData.video(video)).subList(0, PACKETS);
    assertThat(packets.get(0).info().format().packaging()).isEqualTo(Packaging.LENGTH_PREFIXED);

    List<PacketDecodingFootageTest.Seen> expected = decode(packets);

    assertThat(expected).hasSize(PACKETS);
    assertThat(decode(repackaged(packets, packaging, sets))).isEqualTo(expected);
  }

  private static List<PacketDecodingFootageTest.Seen> decode(List<Recorded> packets) {
    return PacketDecodingFootageTest.read(
        ScriptedPackets.of(packets), DecodeDemand.ALL, /* withPixels= */ true);
  }

  private static List<Recorded> repackaged(List<Recorded> packets, Packaging packaging, Sets sets) {
    EncodedFormat stored = packets.get(0).info().format();
    byte[] record = new byte[stored.privateData().remaining()];
    stored.privateData().get(record);
    List<byte[]> parameterSets = setsOf(record, stored.codec().equals("h264"));
    byte[] privateData =
        switch (sets) {
          case IN_A_RECORD -> record;
          case WITH_START_CODES -> join(parameterSets, Packaging.ANNEX_B);
          case IN_BAND -> new byte[0];
        };
    EncodedFormat format =
        new EncodedFormat(stored.codec(), packaging, 0, 0, privateData, stored.frameRate());
    List<Recorded> made = new ArrayList<>();
    for (Recorded packet : packets) {
      List<byte[]> units = new ArrayList<>();
      if (sets == Sets.IN_BAND && packet.info().keyFrame()) {
        units.addAll(parameterSets);
      }
      units.addAll(unitsOf(packet.bytes()));
      made.add(new Recorded(with(packet.info(), format), join(units, packaging), Optional.empty()));
    }
    return made;
  }

  private static PacketInfo with(PacketInfo info, EncodedFormat format) {
    return new PacketInfo(
        format,
        info.ptsNanos(),
        info.dtsNanos(),
        info.keyFrame(),
        info.discontinuity(),
        info.decodeOnly(),
        info.captured(),
        info.capturedFrom(),
        info.arrivalNanos());
  }

  private static List<byte[]> unitsOf(byte[] packet) {
    ByteBuffer data = ByteBuffer.wrap(packet);
    List<byte[]> units = new ArrayList<>();
    while (data.hasRemaining()) {
      byte[] unit = new byte[data.getInt()];
      data.get(unit);
      units.add(unit);
    }
    return units;
  }

  private static List<byte[]> setsOf(byte[] record, boolean avc) {
    ByteBuffer data = ByteBuffer.wrap(record);
    List<byte[]> sets = new ArrayList<>();
    data.position(avc ? 5 : 22);
    int groups = avc ? 2 : data.get();
    for (int group = 0; group < groups; group++) {
      int count = avc ? data.get() & 0x1f : data.position(data.position() + 1).getShort();
      for (int i = 0; i < count; i++) {
        byte[] set = new byte[data.getShort()];
        data.get(set);
        sets.add(set);
      }
    }
    return sets;
  }

  private static byte[] join(List<byte[]> units, Packaging packaging) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      int prefix = packaging == Packaging.ANNEX_B ? 1 : unit.length;
      joined.writeBytes(ByteBuffer.allocate(4).putInt(prefix).array());
      joined.writeBytes(unit);
    }
    return joined.toByteArray();
  }
}
