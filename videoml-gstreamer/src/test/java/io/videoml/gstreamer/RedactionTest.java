package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(strings = {"pl?ain", "pl@ain", "pl/ain", "pl ain", "pl\"ain", "://plain@"})
  void apply_secretOfAnyCharacters_isHiddenWhole(String secret) {
    String shown = new Redaction(List.of("pl", secret)).apply("refused for " + secret + " there");

    assertThat(shown).startsWith("refused for ").endsWith(" there");
    assertThat(shown).doesNotContain("pl").doesNotContain("ain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtspsrc location=rtsp://jo:se/cret@camera/1",
        "rtspsrc location=rtsp://jo:se@cret@camera/1",
        "rtspsrc location=rtsp://camera/1 user-id=jo user-pw=se/cret",
        "souphttpsrc location=\"http://camera/1?token=secret\"",
      })
  void apply_toTheDescriptionItself_leavesNoSecret(String description) {
    String shown = Redaction.of(description).apply(description);

    assertThat(shown).contains("camera").doesNotContain("cret");
  }

  @Test
  void toString_ofWhatHoldsSecrets_showsNone() {
    String description = "rtspsrc user-pw=secret location=rtsp://jo:secret@camera/1";

    assertThat(Redaction.of(description).toString()).doesNotContain("secret");
    assertThat(LaunchText.of(description).toString()).doesNotContain("secret");
  }
}
