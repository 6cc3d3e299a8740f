package io.videoml.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{0: 'person', 1: 'bicycle'} | person,bicycle",
        "{1: 'bicycle', 0: 'person'} | person,bicycle",
        "['person', 'bicycle'] | person,bicycle",
        "('person', 'bicycle') | person,bicycle",
        "{\"0\": \"person\", \"1\": \"bicycle\"} | person,bicycle",
        "{0: \"child's bike\", 1: 'a \"b\"'} | child's bike,a \"b\"",
        "['it\\'s', 'c:\\\\d'] | it's,c:\\d",
        "{0: 'person', 2: 'car'} | person,1,car",
        "{0: 'Größe, groß', 1: '{0}'} | Größe, groß,{0}",
        "{0: '', 1: 'x'} | ,x",
      })
  void inMetadata_literal_givesNamesById(String literal, String names) {
    Labels labels = Labels.inMetadata(Map.of("names", literal)).orElseThrow();

    assertThat(String.join(",", labels.names())).isEqualTo(names == null ? "" : names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "None", "person", "{0: 'unfinished", "[[["})
  void inMetadata_nothingReadable_isEmpty(String literal) {
    assertThat(Labels.inMetadata(Map.of("names", literal))).isEmpty();
    assertThat(Labels.inMetadata(Map.of())).isEmpty();
  }

  @Test
  void inMetadata_veryLongName_isRead() {
    String name = "x".repeat(200_000);

    assertThat(Labels.inMetadata(Map.of("names", "['" + name + "']")).orElseThrow().name(0))
        .isEqualTo(name);
  }

  @Test
  void read_fileWithEmptyLinesAtTheEnd_keepsTheOthers(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("labels.txt"), " person \r\n\ncar\n\n\n");

    assertThat(Labels.read(file).names()).containsExactly("person", "", "car");
  }

  @Test
  void read_emptyOrMissingFile_throws(@TempDir Path directory) throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.txt"), "\n");

    assertThatThrownBy(() -> Labels.read(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.txt");
    assertThatThrownBy(() -> Labels.read(directory.resolve("missing.txt")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.txt");
  }

  @Test
  void coco_knownIds_haveTheirNames() {
    Labels coco = Labels.coco();

    assertThat(coco.size()).isEqualTo(80);
    assertThat(coco.name(0)).isEqualTo("person");
    assertThat(coco.name(16)).isEqualTo("dog");
    assertThat(coco.name(79)).isEqualTo("toothbrush");
  }

  @Test
  void name_beyondTheLast_isTheNumber() {
    assertThat(Labels.numbers(2).names()).containsExactly("0", "1");
    assertThat(Labels.coco().name(80)).isEqualTo("80");
  }
}
