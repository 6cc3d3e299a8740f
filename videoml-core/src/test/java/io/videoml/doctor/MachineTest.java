package io.videoml.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
  @Test
  void look_here_tellsWhatTheJdkTells() {
    Machine machine = Machine.look();

    assertThat(machine.java()).contains(System.getProperty("java.version"));
    assertThat(machine.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.hasGpu())
        .isEqualTo(machine.nvidiaDriver().isPresent() || !machine.renderNodes().isEmpty());
  }

  @Test
  void look_onGlibc_tellsItsVersion() {
    assumeTrue(
        Files.exists(Path.of("/lib/x86_64-linux-gnu/libc.so.6"))
            || Files.exists(Path.of("/lib/aarch64-linux-gnu/libc.so.6")),
        "no glibc of Debian here");

    assertThat(Machine.look().glibc()).hasValueSatisfying(v -> assertThat(v).matches("2\\.\\d+"));
    assertThat(Machine.look().memoryBytes()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5,550.54.15",
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.10  Release Build,570.86.10"
  })
  void driver_whatTheKernelModuleSays_isItsVersion(String text, String version) {
    assertThat(MachineProbe.driver(text)).contains(version);
  }
}
