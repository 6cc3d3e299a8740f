package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.testkit.DemoClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OnnxSupportTest {
  @TempDir private Path directory;

  @Test
  void probe_demoModel_loadsOnTheProcessor() {
    OnnxSupport support = OnnxSupport.probe(DemoClip.model());

    assertThat(support.problem()).isEmpty();
    assertThat(support.version())
        .hasValueSatisfying(v -> assertThat(v).matches("\\d+\\.\\d+\\.\\d+"));
    assertThat(support.usable()).isTrue();
    assertThat(support.accelerators())
        .extracting(OnnxSupport.Provider::accelerator)
        .containsExactly(Accelerator.values());
  }

  @Test
  void probe_whatIsNotBuilt_namesTheArtifact() {
    List<OnnxSupport.Provider> missing =
        OnnxSupport.probe(DemoClip.model()).accelerators().stream()
            .filter(provider -> !provider.built() && provider.accelerator() != Accelerator.COREML)
            .toList();

    assertThat(missing)
        .allSatisfy(
            provider -> {
              assertThat(provider.usable()).isFalse();
              assertThat(provider.problem().orElseThrow()).contains("onnxruntime_gpu");
            });
  }

  @Test
  void probe_noModel_saysSoOfTheProcessor() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.onnx"), "no model");

    OnnxSupport support = OnnxSupport.probe(broken);

    assertThat(support.usable()).isFalse();
    assertThat(support.accelerated()).isFalse();
    assertThat(support.accelerators().get(0).problem()).isPresent();
  }
}
