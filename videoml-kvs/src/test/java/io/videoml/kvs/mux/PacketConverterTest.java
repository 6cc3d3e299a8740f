package io.videoml.kvs.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketConverterTest {
  // x264, High, 1920x1080, cropped from 1088 rows
  private static final byte[] SPS =
      HexFormat.of().parseHex("67640028acd940780227e5c044000003000400000300f03c60c658");
  private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
  private static final byte[] SLICE = {0x65, 1, 2, 0, 0, 3, 1, 9};

  @Test
  void take_keyFrameWithParameterSets_givesTheTrack() {
    PacketConverter converter = new PacketConverter(annexB("h264"));
    VideoTrack track = converter.take(packet(4, SPS, PPS, SLICE), true).orElseThrow();

    assertThat(track.codecId()).isEqualTo("V_MPEG4/ISO/AVC");
    assertThat(track.width()).isEqualTo(1920);
    assertThat(track.height()).isEqualTo(1080);
    String expected =
        "01640028ffe1001b"
            + HexFormat.of().formatHex(SPS)
            + "010006"
            + HexFormat.of().formatHex(PPS)
            + "fdf8f800";
    byte[] found = new byte[track.codecPrivate().remaining()];
    track.codecPrivate().get(found);
    assertThat(HexFormat.of().formatHex(found)).isEqualTo(expected);
  }

  @Test
  void write_startCodesOfBothLengths_becomeLengths() {
    PacketConverter converter = new PacketConverter(annexB("h264"));
    for (int code : new int[] {3, 4}) {
      assertThat(converter.take(packet(code, SPS, PPS, SLICE), true)).isPresent();
      ByteBuffer written = ByteBuffer.allocate(converter.length());
      converter.write(written);
      written.flip();

      for (byte[] unit : new byte[][] {SPS, PPS, SLICE}) {
        byte[] found = new byte[written.getInt()];
        written.get(found);
        assertThat(found).isEqualTo(unit);
      }
      assertThat(written.hasRemaining()).isFalse();
    }
  }

  @Test
  void take_beforeParameterSets_givesNoTrack() {
    PacketConverter converter = new PacketConverter(annexB("h264"));

    assertThat(converter.take(packet(4, SLICE), true)).isEmpty();
  }

  @Test
  void take_otherParameterSetsAtAKeyFrame_givesAnotherTrack() {
    PacketConverter converter = new PacketConverter(annexB("h264"));
    VideoTrack first = converter.take(packet(4, SPS, PPS, SLICE), true).orElseThrow();
    byte[] other = PPS.clone();
    other[3] ^= 1;

    assertThat(converter.take(packet(4, SLICE), false)).contains(first);
    assertThat(converter.take(packet(4, SPS, PPS, SLICE), true)).contains(first);
    assertThat(converter.take(packet(4, other, SLICE), true)).isPresent().isNotEqualTo(first);
  }

  @Test
  void new_lengthsWithoutPrivateData_isRefused() {
    EncodedFormat format =
        new EncodedFormat(
            "h264", Packaging.LENGTH_PREFIXED, 8, 8, new byte[0], OptionalDouble.empty());

    assertThatIllegalArgumentException().isThrownBy(() -> new PacketConverter(format));
  }

  @Test
  void take_damagedPackets_neverThrowsAndWritesWhatItSays() {
    Random random = new Random(5);
    for (String codec : new String[] {"h264", "hevc"}) {
      PacketConverter converter = new PacketConverter(annexB(codec));
      byte[] good =
          packet(4, SPS, PPS, new byte[] {0x40, 1, 12}, new byte[] {0x42, 1, 1, 1, 96}, SLICE)
              .array();
      for (int i = 0; i < 20_000; i++) {
        byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
        for (int j = 0; j < 5; j++) {
          bad[random.nextInt(bad.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0);
        }
        converter.take(ByteBuffer.wrap(bad), true);
        ByteBuffer out = ByteBuffer.allocate(converter.length());
        converter.write(out);
        assertThat(out.hasRemaining()).isFalse();
      }
    }
  }

  private static EncodedFormat annexB(String codec) {
    return new EncodedFormat(codec, Packaging.ANNEX_B, 0, 0, new byte[0], OptionalDouble.empty());
  }

  private static ByteBuffer packet(int code, byte[]... units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      out.write(0);
      out.write(0);
      if (code == 4) {
        out.write(0);
      }
      out.write(1);
      out.writeBytes(unit);
    }
    return ByteBuffer.wrap(out.toByteArray());
  }
}
