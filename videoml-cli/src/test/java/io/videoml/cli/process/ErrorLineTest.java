package io.videoml.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import org.junit.jupiter.api.Test;

class ErrorLineTest {

  @Test
  void explain_kvsIsRefused_namesKeysAndPolicies() {
    assertThat(explain("kvs://dock-3")).contains("keys", "policies").doesNotContain("password");
  }

  @Test
  void explain_cameraIsRefused_namesUserAndPassword() {
    assertThat(explain("rtsp://camera/1")).contains("check user name and password");
  }

  private static String explain(String source) {
    return String.valueOf(
        ErrorLine.explain(new SourceException(Kind.AUTHENTICATION, source, "it is refused")));
  }
}
