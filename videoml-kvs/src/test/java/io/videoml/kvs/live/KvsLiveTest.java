package io.videoml.kvs.live;

import io.videoml.kvs.client.KvsConnection;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The round trip through AWS itself, for those with an account; costs cents.
 *
 * <p>The environment says where, {@code VIDEOML_KVS_LIVE=eu-west-1}, and holds credentials as the
 * AWS SDK finds them. They need the rights to make and delete streams whose names begin with {@code
 * videoml-test-}, and to read and write them.
 */
@EnabledIfEnvironmentVariable(
    named = "VIDEOML_KVS_LIVE",
    matches = ".+",
    disabledReason = "set VIDEOML_KVS_LIVE to a region, with credentials, to test against AWS")
class KvsLiveTest extends KvsRoundTrip {
  @Override
  protected KvsConnection connection() {
    return KvsConnection.builder().region(System.getenv("VIDEOML_KVS_LIVE")).build();
  }

  @Override
  protected Optional<String> whyNoClips() {
    return Optional.empty();
  }
}
