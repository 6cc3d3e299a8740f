package io.videoml.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.cli.process.CliException;
import io.videoml.inference.Labels;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNamesTest {
  private static final List<String> COCO = Labels.coco().names();

  @ParameterizedTest
  @CsvSource({
    "person,person",
    "CAR,car",
    "0,person",
    "79,toothbrush",
    "traffic light,traffic light"
  })
  void find_labelOrId_isTheLabel(String wish, String label) {
    assertThat(ClassNames.find(Set.of(wish), COCO)).containsExactly(label);
  }

  @Test
  void find_labelThatIsANumber_isTakenAsLabelFirst() {
    assertThat(ClassNames.find(Set.of("1"), List.of("1", "0"))).containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource({
    "persn,person",
    "motorbike,motorcycle",
    "80,ids go from 0 to 79",
    "-1,ids go from 0 to 79"
  })
  void find_unknown_namesWhatIsClose(String wish, String hint) {
    assertThatThrownBy(() -> ClassNames.find(Set.of(wish), COCO))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("'" + wish + "'")
        .hasMessageContaining(hint);
  }
}
