package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxLoadingTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.onnx");
  }

  @Test
  void open_missingFile_saysSo() {
    assertFails("there is no such file");
  }

  @Test
  void open_directory_saysSo() {
    file = directory;

    assertFails("is a directory");
  }

  @Test
  void open_emptyFile_saysSo() throws IOException {
    Files.createFile(file);

    assertFails("is empty");
  }

  @Test
  void open_text_saysItIsNoModel() throws IOException {
    Files.writeString(file, "This is a shopping list: bread, butter, cheese.\n");

    assertFails("is not an ONNX model");
  }

  @Test
  void open_lfsPointer_saysHowToGetTheModel() throws IOException {
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");

    assertFails("git lfs pull");
  }

  @Test
  void open_truncated_saysItMayBeAPart() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.brightCells(file, 1));
    for (int length : new int[] {1, 2, 10, 100, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertFails("only a part of one (" + length + " bytes)");
    }
  }

  @Test
  void open_weightsMissing_namesTheirFile() {
    new OnnxWriter()
        .input("x", OnnxWriter.FLOAT, 2)
        .output("y", OnnxWriter.FLOAT, 2)
        .externalConstant("w", "weights.bin", 2)
        .node("Add", List.of("x", "w"), List.of("y"))
        .write(file);

    assertFails("weights is missing", "weights.bin");
  }

  @Test
  void open_weightsBesideTheModel_findsThem() throws IOException {
    open_weightsMissing_namesTheirFile();
    Files.write(directory.resolve("weights.bin"), new byte[8]);

    try (InferenceEngine engine = TestModels.open(file)) {
      assertThat(engine.model().inputs()).hasSize(1); // the weights are none
    }
  }

  @Test
  void open_opsetOfTheFuture_saysWhatToDo() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1);
    new OnnxWriter()
        .opset(99)
        .input("x", OnnxWriter.FLOAT, 1)
        .output("y", OnnxWriter.FLOAT, 1)
        .node("Identity", List.of("x"), List.of("y"))
        .write(file);

    assertFails("export it for an older opset", "99");
  }

  @Test
  void open_formatOfTheFuture_saysWhatToDo() {
    new OnnxWriter()
        .irVersion(99)
        .input("x", OnnxWriter.FLOAT, 1)
        .output("y", OnnxWriter.FLOAT, 1)
        .node("Identity", List.of("x"), List.of("y"))
        .write(file);

    assertFails("export it for an older opset", "99");
  }

  @Test
  void open_unknownOperator_namesIt() {
    new OnnxWriter()
        .input("x", OnnxWriter.FLOAT, 1)
        .output("y", OnnxWriter.FLOAT, 1)
        .node("Telepathy", List.of("x"), List.of("y"))
        .write(file);

    assertFails("Telepathy");
  }

  @Test
  void open_textInput_saysWhichIsNotSupported() {
    TestModels.identity(file, OnnxWriter.STRING, 1);

    assertFails("x has elements of", "STRING");
  }

  @Test
  void require_acceleratorThatIsNotThere_fails() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1);

    assertThatThrownBy(() -> OnnxDetector.builder(file).require(absent()).openEngine())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining(absent().id() + " cannot be used");
  }

  @Test
  void accelerator_thatIsNotThere_fallsBackAndSaysWhy() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1);

    try (InferenceEngine engine = OnnxDetector.builder(file).accelerator(absent()).openEngine()) {
      assertThat(engine.execution().requested()).isEqualTo(absent().id());
      assertThat(engine.execution().active()).isEqualTo("cpu");
      assertThat(engine.execution().fallback()).get().asString().contains("cannot be used");
    }
  }

  @Test
  void accelerator_brokenModel_blamesTheModel() throws IOException {
    Files.writeString(file, "text");

    assertThatThrownBy(() -> OnnxDetector.builder(file).accelerator(absent()).openEngine())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("is not an ONNX model");
  }

  /** What this platform's ONNX Runtime can never have. */
  private static Accelerator absent() {
    return System.getProperty("os.name").startsWith("Mac") ? Accelerator.CUDA : Accelerator.COREML;
  }

  @Test
  void sessionOption_thatOnnxRuntimeRefuses_failsWithItsWords() {
    TestModels.identity(file, OnnxWriter.FLOAT, 1);

    assertThatThrownBy(
            () -> OnnxDetector.builder(file).sessionOption("k".repeat(5000), "1").openEngine())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("key");
  }

  @Test
  void threads_none_throwsNamingTheValue() {
    assertThatThrownBy(() -> OnnxDetector.builder(file).threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private void assertFails(String... words) {
    assertThatThrownBy(() -> TestModels.open(file))
        .isInstanceOfSatisfying(
            InferenceException.class, e -> assertThat(e.model()).isEqualTo(file.toString()))
        .hasMessageContainingAll(words);
  }
}
