package io.videoml.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gate-1                                | gate-1",
        "a=b                                   | a=b",
        "rtsp://10.0.0.7/live                  | rtsp://10.0.0.7/live",
        "rtsp://u:p@cam/live                   | rtsp://***@cam/live",
        "rtsp://u:p@ss@cam/live: gone          | rtsp://***@cam/live: gone",
        "rtsp://u:p/w?x#y@cam/live and more    | rtsp://***@cam/live and more",
        "http://cam/a?user=me&pwd=x            | http://cam/a?user=***&pwd=***",
        "http://cam/a?channel=12&key=s3        | http://cam/a?channel=12&key=***",
        "try http://u:p@a/ or rtsp://v:q@b/    | try http://***@a/ or rtsp://***@b/",
      })
  void masked_text_isWithoutCredentials(String text, String expected) {
    assertThat(Masking.masked(text)).isEqualTo(expected);
  }
}
