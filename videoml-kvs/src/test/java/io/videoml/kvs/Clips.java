package io.videoml.kvs;

import io.videoml.ffmpeg.EncodedClips;
import io.videoml.ffmpeg.EncodedClips.Encoded;
import io.videoml.ffmpeg.EncodedClips.Picture;
import io.videoml.kvs.MadeFragment.MadeFrame;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.kvs.KvsStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Clips as fragments, and how to reach those who serve them. */
final class Clips {
  private Clips() {}

  /** Encodes a clip into fragments that begin with its key frames. */
  static List<MadeFragment> fragments(TestClip clip, String encoder, String codecId, int bFrames) {
    Encoded encoded = EncodedClips.encode(clip, encoder, bFrames);
    List<MadeFragment> fragments = new ArrayList<>();
    for (Picture picture : encoded.pictures()) {
      int millis = (int) clip.pts(picture.index()).toMillis();
      if (picture.key()) {
        MadeFragment fragment = new MadeFragment("" + (1000 + fragments.size()));
        fragment.clusterMillis = millis;
        fragment.producer = fragment.producer.plusMillis(millis);
        fragment.codec = codecId;
        fragment.codecPrivate = encoded.codecPrivate();
        fragments.add(fragment);
      }
      MadeFragment last = fragments.get(fragments.size() - 1);
      last.frames.add(
          new MadeFrame(1, (int) (millis - last.clusterMillis), picture.key(), picture.data()));
    }
    return fragments;
  }

  /** Encodes a clip with H.264 into fragments. */
  static List<MadeFragment> h264(TestClip clip) {
    return fragments(clip, "libopenh264", "V_MPEG4/ISO/AVC", /* bFrames= */ 0);
  }

  /** Gives a stream these fragments. */
  static void store(KvsStandIn service, String stream, List<MadeFragment> fragments) {
    service.createStream(stream);
    fragments.forEach(fragment -> service.append(stream, fragment.bytes()));
  }

  static KvsConnection.Builder connection(KvsStandIn service) {
    return connection(service, service.accessKey(), service.secretKey());
  }

  static KvsConnection.Builder connection(KvsStandIn service, String accessKey, String secretKey) {
    return KvsConnection.builder()
        .region(service.region())
        .endpoint(service.endpoint())
        .credentials(
            () ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
  }

  /** Returns a recorded stream, which few machines have. */
  static byte[] capture(String name) {
    Path file = Path.of(System.getProperty("videoml.shared", ""), "data", "kvs", name);
    Assumptions.assumeTrue(
        Files.isRegularFile(file), "needs the shared test data; set -Dvideoml.shared: " + name);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
