package io.videoml.kvs.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesisvideomedia.model.KinesisVideoMediaException;

class KvsFailureTest {

  @ParameterizedTest
  @CsvSource({
    "400, ClientLimitExceededException, RETRY_SLOWLY, REFUSED",
    "400, ConnectionLimitExceededException, RETRY_SLOWLY, REFUSED",
    "429, Whatever, RETRY_SLOWLY, REFUSED",
    "400, InvalidEndpointException, NEW_ENDPOINT, NETWORK",
    "400, InvalidArgumentException, NONE, CONFIGURATION",
    "401, NotAuthorizedException, NEW_CREDENTIALS, AUTHENTICATION",
    "403, '', NEW_CREDENTIALS, AUTHENTICATION",
    "400, ExpiredTokenException, NEW_CREDENTIALS, AUTHENTICATION",
    "404, ResourceNotFoundException, NONE, NOT_FOUND",
    "500, InternalFailure, RETRY, NETWORK",
    "503, ServiceUnavailable, RETRY, NETWORK"
  })
  void of_answersOfTheService_namesWhatHelps(int status, String code, Remedy remedy, Kind kind) {
    KvsFailure failure = KvsFailure.of(new CompletionException(answer(status, code, "why")));

    assertThat(failure.remedy()).isEqualTo(remedy);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.toException("kvs://dock").getMessage()).startsWith("kvs://dock: ");
  }

  @ParameterizedTest
  @CsvSource({
    "3002, RETRY, NETWORK",
    "4000, NEW_POSITION, CONFIGURATION",
    "4500, NONE, AUTHENTICATION",
    "4506, NONE, AUTHENTICATION",
    "5000, RETRY, NETWORK",
    "9999, RETRY, NETWORK"
  })
  void inStream_errorsOfTheService_namesWhatHelps(int id, Remedy remedy, Kind kind) {
    KvsFailure failure = KvsFailure.inStream(id, "SOME_CODE");

    assertThat(failure.remedy()).isEqualTo(remedy);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains(id + " SOME_CODE");
  }

  @Test
  void of_brokenConnection_asksForTheEndpointAnew() {
    KvsFailure failure =
        KvsFailure.of(
            SdkClientException.create("x", new IOException(new ConnectException("refused"))));

    assertThat(failure.remedy()).isEqualTo(Remedy.NEW_ENDPOINT);
    assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
    assertThat(failure.message()).contains("ConnectException, refused");
  }

  @Test
  void of_noAnswerInTime_isTheNetwork() {
    assertThat(KvsFailure.of(new TimeoutException()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void of_noCredentials_saysInOneLineWhatToSet() {
    KvsFailure failure =
        KvsFailure.of(
            SdkClientException.create(
                "Unable to load credentials from any of the providers in the chain\nmany\nlines"));

    assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(failure.message()).contains("AWS_ACCESS_KEY_ID").doesNotContain("\n");
  }

  /**
   * A signature that does not match is answered with the request's own headers, tokens included.
   */
  @Test
  void toException_refusedSignature_repeatsNothingOfTheAnswer() {
    String answer = "The signature does not match\nx-amz-security-token:s3cret";
    SourceException thrown =
        KvsFailure.of(answer(403, "InvalidSignatureException", answer)).toException("kvs://dock");

    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("s3cret");
    }
    assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
  }

  @Test
  void of_longAnswer_isCutToALine() {
    String text = "a".repeat(1000) + "\nsecond line";

    assertThat(KvsFailure.of(answer(400, "InvalidArgumentException", text)).message())
        .hasSizeLessThan(300)
        .doesNotContain("second");
  }

  @Test
  void of_exceptionOfOurOwn_staysWhatItIs() {
    KvsFailure failure =
        KvsFailure.of(new SourceException(Kind.STALLED, "kvs://dock", "nothing came"));

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(failure.toException("kvs://dock")).hasMessage("kvs://dock: nothing came");
  }

  private static Throwable answer(int status, String code, String message) {
    return KinesisVideoMediaException.builder()
        .statusCode(status)
        .message(message)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
