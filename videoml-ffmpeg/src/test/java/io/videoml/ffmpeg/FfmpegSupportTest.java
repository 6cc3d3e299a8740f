package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FfmpegSupportTest {
  @Test
  void probe_nativesAreThere_tellsVersionAndDevices() {
    FfmpegSupport support = FfmpegSupport.probe();

    assertThat(support.usable()).isTrue();
    assertThat(support.problem()).isEmpty();
    assertThat(support.version())
        .hasValueSatisfying(version -> assertThat(version).matches("n?\\d+\\.\\d+.*"));
    assertThat(support.devices()).extracting(FfmpegSupport.Device::name).contains("cuda");
  }

  @Test
  void probe_noNvidiaDriver_cudaIsNotUsable() {
    assumeFalse(Files.exists(Path.of("/dev/nvidia0")), "this machine has an NVIDIA card");

    assertThat(FfmpegSupport.probe().usableDevices()).doesNotContain("cuda");
  }

  @Test
  void probe_again_givesTheSame() {
    assertThat(FfmpegSupport.probe()).isEqualTo(FfmpegSupport.probe());
  }
}
