package io.videoml.kvs.live;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.testkit.kvs.KvsStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The round trip through the stand-in, with the limits of AWS: so the live test is known to run.
 */
class KvsStandInRoundTripTest extends KvsRoundTrip {
  private final KvsStandIn service = KvsStandIn.builder().start();

  @Override
  protected void end() {
    service.close();
  }

  @Override
  protected KvsConnection connection() {
    String accessKey = service.accessKey();
    String secretKey = service.secretKey();
    return KvsConnection.builder()
        .region(service.region())
        .endpoint(service.endpoint())
        .credentials(
            () ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  @Override
  protected Optional<String> whyNoClips() {
    return Files.isExecutable(Path.of("/usr/bin/ffmpeg"))
        ? Optional.empty()
        : Optional.of("the stand-in makes clips by the ffmpeg command, which is not here");
  }
}
