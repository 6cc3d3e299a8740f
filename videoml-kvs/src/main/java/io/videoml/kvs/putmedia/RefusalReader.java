package io.videoml.kvs.putmedia;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.videoml.kvs.client.KvsFailure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Reads why the service refuses a request, from where its other operations say so. */
final class RefusalReader {
  private static final int LONGEST = 16 << 10;

  private final SdkHttpResponse headers;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  RefusalReader(SdkHttpResponse headers) {
    this.headers = headers;
  }

  void feed(ByteBuffer bytes) {
    while (bytes.hasRemaining() && text.size() < LONGEST) {
      text.write(bytes.get());
    }
  }

  KvsFailure failure() {
    Map<String, String> fields = AckFields.fields(text.toString(UTF_8));
    String code =
        headers
            .firstMatchingHeader("x-amzn-ErrorType")
            .or(() -> headers.firstMatchingHeader("x-amz-ErrorType")) // as documented
            .orElse(fields.getOrDefault("__type", fields.getOrDefault("code", "")));
    String message = fields.getOrDefault("message", fields.getOrDefault("Message", "no message"));
    return KvsFailure.of(
        AwsServiceException.builder()
            .statusCode(headers.statusCode())
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(withoutNamespace(code))
                    .errorMessage(message)
                    .build())
            .build());
  }

  private static String withoutNamespace(String type) {
    String name = type.substring(type.indexOf('#') + 1);
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
