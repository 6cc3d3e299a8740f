package io.videoml.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvsStreamTest {
  private static final String ARN =
      "arn:aws:kinesisvideo:eu-west-1:123456789012:stream/dock-3/1511852109126";

  @Test
  void stream_ofAName_isNamed() {
    KvsStream stream = new KvsStream("dock-3");

    assertThat(stream.name()).contains("dock-3");
    assertThat(stream.arn()).isEmpty();
    assertThat(stream.shortName()).isEqualTo("dock-3");
  }

  @Test
  void stream_ofAnArn_knowsItsName() {
    KvsStream stream = new KvsStream(ARN);

    assertThat(stream.arn()).contains(ARN);
    assertThat(stream.name()).isEmpty();
    assertThat(stream.shortName()).isEqualTo("dock-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dock 3", "dock/3", "arn:aws:s3:::bucket", "arn:"})
  void stream_ofAnythingElse_isRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KvsStream(text))
        .withMessageContaining("\"" + text + "\"");
  }

  @Test
  void constructor_addressWithAPassword_doesNotRepeatIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KvsStream("camera:secret@dock-3"))
        .withMessageNotContaining("secret");
  }
}
