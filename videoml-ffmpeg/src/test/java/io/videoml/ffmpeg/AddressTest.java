package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://jo:s3cret@cam:8554/live?channel=1&token=abcdef, rtsp://cam:8554/live?channel=1&token=***",
    "rtsp://jo:p@ss:w%3Frd@cam/live, rtsp://cam/live",
    "http://cam/a.m3u8?abcdef0123456789#frag, http://cam/a.m3u8?***",
    "srt://host:9000?passphrase=hushhush&mode=caller, srt://host:9000?passphrase=***&mode=***",
    "udp://@239.0.0.1:1234, udp://239.0.0.1:1234",
    "rtsp://[fe80::1]:554/x, rtsp://[fe80::1]:554/x",
  })
  void id_ofAnAddress_holdsNoSecrets(String url, String id) {
    Address address = Address.of(url);

    assertThat(address.id()).isEqualTo(id);
    assertThat(address).hasToString(id);
    assertThat(address.url()).isEqualTo(url);
  }

  @Test
  void of_fileThatLooksLikeAProtocol_staysAFile() {
    Address address = Address.of(Path.of("concat:a|b.mp4"));

    assertThat(address.kind()).isEqualTo(SourceKind.FILE);
    assertThat(address.url()).startsWith("file:/").endsWith("/concat:a|b.mp4");
  }

  @Test
  void of_fileAddress_isItsPath() {
    assertThat(Address.of("file:///videos/a%20b.mp4"))
        .isEqualTo(Address.of(Path.of("/videos/a b.mp4")));
    assertThat(Address.of("a.mp4").kind()).isEqualTo(SourceKind.FILE);
  }

  @Test
  void of_schemeInCapitals_isWrittenAsFfmpegKnowsIt() {
    Address address = Address.of("RTSP://jo:S3cret@Cam/Live");

    assertThat(address.url()).isEqualTo("rtsp://jo:S3cret@Cam/Live");
    assertThat(address.port()).isEqualTo(554);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp:/jo:s3cret@cam/live",
        "RTSP:jo:s3cret@cam/live",
        "http:\\\\jo:s3cret@cam",
        "rtsp//jo:s3cret@cam/live",
        "//jo:s3cret@cam/live",
        "jo:s3cret@cam/live",
        "rtsp://jo:s3cret@cam:99999/live"
      })
  void of_almostAnAddress_isNotTakenForAFile(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.of(url))
        .withMessageContaining("scheme://")
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp://jo:12/s3cret@cam/live", "rtsp://jo:s3cret#1@cam/live"})
  void of_passwordThatEndsTheHost_tellsHowToWriteIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.of(url))
        .withMessageContaining("%2F")
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://jo:s3cret@host/a.mp4", "data://s3cret", "concat://s3cret|b"})
  void of_otherScheme_throwsWithoutTheSecret(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.of(url))
        .withMessageContaining("rtsp")
        .withMessageNotContaining("s3cret");
  }
}
