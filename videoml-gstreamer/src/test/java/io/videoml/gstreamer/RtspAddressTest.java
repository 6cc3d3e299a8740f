package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspAddressTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://cam/a, rtsp://cam/a, cam, 554, '', ''",
    "RTSP://Cam.Example:8554/A, rtsp://cam.example:8554/A, cam.example, 8554, '', ''",
    "rtsps://cam, rtsps://cam, cam, 322, '', ''",
    "rtsp://jo:pw@cam/a, rtsp://cam/a, cam, 554, jo, pw",
    "rtsp://jo@cam/a, rtsp://cam/a, cam, 554, jo, ''",
    "rtsp://jo:a%40b%3Ac%2Fd@cam/a, rtsp://cam/a, cam, 554, jo, a@b:c/d",
    "rtsp://jo:a@b:c@cam/a, rtsp://cam/a, cam, 554, jo, a@b:c",
    "rtsp://jo:100%@cam/a, rtsp://cam/a, cam, 554, jo, 100%",
    "rtsp://[FE80::1]:99/a, rtsp://[fe80::1]:99/a, fe80::1, 99, '', ''",
  })
  void of_address_isTakenApart(
      String text, String location, String host, int port, String user, String password) {
    RtspAddress address = RtspAddress.of(text);

    assertThat(address.location()).isEqualTo(location);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).isEqualTo(password);
  }

  @Test
  void of_query_isMaskedInTheIdOnly() {
    RtspAddress address = RtspAddress.of("rtsp://cam/cam?channel=1&user=jo&pw=s3cret-word");

    assertThat(address.id()).isEqualTo("rtsp://cam/cam?channel=1&user=***&pw=***");
    assertThat(address.location()).endsWith("pw=s3cret-word");
    assertThat(address.toString()).isEqualTo(address.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://cam/a",
        "rtsp:/cam/a",
        "rtsp://",
        "cam",
        "rtsp://cam:99999/a",
        "rtsp://cam:0/a",
        "rtsp://jo:123/s3cret@cam/a",
        "rtsp://jo:s3cret word#@cam/a b",
      })
  void of_malformed_throwsWithoutShowingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RtspAddress.of(text))
        .withMessageContaining("rtsp[s]://")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void build_contradictions_throw() {
    RtspSource.Builder plain = RtspSource.builder("rtsp://cam/a");
    RtspSource.Builder both = RtspSource.builder("rtsps://cam/a").trust(Path.of("x")).insecure();
    RtspSource.Builder device =
        RtspSource.builder("rtsp://cam/a")
            .require(Requirement.HARDWARE_DECODE)
            .decoders(DecoderPreference.SOFTWARE);

    assertThatIllegalStateException().isThrownBy(() -> plain.insecure().build());
    assertThatIllegalStateException().isThrownBy(both::build);
    assertThatIllegalStateException().isThrownBy(device::build);
    GStreamerSource.Builder launch =
        GStreamerSource.builder("videotestsrc")
            .require(Requirement.HARDWARE_DECODE)
            .decoders(DecoderPreference.SOFTWARE);
    assertThatIllegalStateException().isThrownBy(launch::build);
    assertThatIllegalArgumentException().isThrownBy(() -> plain.latency(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> plain.readTimeout(Duration.ZERO));
  }
}
