package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.media.StoredFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What tests ask a stand-in. */
final class StandInStream {
  private StandInStream() {}

  static KvsConnection connection(KvsStandIn service, Optional<Path> certificate) {
    return connection(service, service.secretKey(), certificate);
  }

  static KvsConnection connection(KvsStandIn service, String secret, Optional<Path> certificate) {
    KvsConnection.Builder builder = builder(service.endpoint(), service.accessKey(), secret);
    certificate.ifPresent(builder::trust);
    return builder.build();
  }

  static KvsConnection connection(URI endpoint, String key, String secret) {
    return builder(endpoint, key, secret).build();
  }

  private static KvsConnection.Builder builder(URI endpoint, String key, String secret) {
    return KvsConnection.builder()
        .region("eu-west-1")
        .endpoint(endpoint)
        .credentials(
            () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
  }

  static List<StoredFrame> frames(KvsStandIn service, String stream) throws IOException {
    List<StoredFrame> frames = new ArrayList<>();
    for (StoredFragment each : service.fragments(stream)) {
      frames.addAll(each.frames());
    }
    return frames;
  }

  /** Returns the numbers that {@link TestPackets} gave to the frames of a fragment. */
  static List<Long> numbers(StoredFragment fragment) throws IOException {
    return fragment.frames().stream().map(frame -> frame.data().getLong()).toList();
  }
}
