package io.videoml.kvs.putmedia;

import static java.util.Objects.requireNonNull;

import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.net.URI;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideo.model.DescribeStreamResponse;

/**
 * PutMedia over the SDK's HTTP client, which the SDK itself has no operation for.
 *
 * <p>Threading: one thread.
 */
public final class HttpPutMedia implements PutMediaService {
  private final KvsClients clients;
  private final KvsStream stream;

  /**
   * @param who for exceptions
   * @throws SourceException if the connection's settings cannot work
   */
  public HttpPutMedia(KvsConnection connection, KvsStream stream, String who) {
    this.stream = requireNonNull(stream, "stream");
    this.clients = KvsClients.open(connection, who);
  }

  @Override
  public PutMediaSession open(long startMillis, SessionEvents events) {
    URI endpoint = clients.dataEndpoint(stream, APIName.PUT_MEDIA);
    HttpSession session = new HttpSession(events);
    session.start(clients.http(), signed(endpoint, startMillis, clients.credentials()));
    return session;
  }

  @Override
  public boolean retains() {
    try {
      DescribeStreamResponse answer = clients.describe(stream);
      Integer hours = answer.streamInfo().dataRetentionInHours();
      return hours == null || hours > 0;
    } catch (SourceException e) {
      if (e.kind() == Kind.AUTHENTICATION) { // a producer need not be allowed to ask
        return true;
      }
      throw e;
    }
  }

  @Override
  public void forgetEndpoint() {
    clients.forgetEndpoint(stream, APIName.PUT_MEDIA);
  }

  @Override
  public void close() {
    clients.close();
  }

  /**
   * Signs as the official C producer does: the hash of an empty body, and no header that says so.
   * See decision 14 on the signer.
   */
  @SuppressWarnings("deprecation")
  private SdkHttpFullRequest signed(URI endpoint, long startMillis, AwsCredentials credentials) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.resolve("/putMedia"))
            .putHeader("User-Agent", "videoml")
            .putHeader("Content-Type", "application/json")
            .putHeader("Transfer-Encoding", "chunked")
            .putHeader("x-amzn-fragment-acknowledgment-required", "1")
            .putHeader("x-amzn-fragment-timecode-type", "ABSOLUTE")
            .putHeader(
                "x-amzn-producer-start-timestamp",
                String.format(Locale.ROOT, "%d.%03d", startMillis / 1000, startMillis % 1000));
    stream.name().ifPresent(name -> request.putHeader("x-amzn-stream-name", name));
    stream.arn().ifPresent(arn -> request.putHeader("x-amzn-stream-arn", arn));
    return software.amazon.awssdk.auth.signer.Aws4Signer.create()
        .sign(
            request.build(),
            Aws4SignerParams.builder()
                .awsCredentials(credentials)
                .signingName("kinesisvideo")
                .signingRegion(clients.region())
                .build());
  }
}
