package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A camera into a stream, in one line; over restarts of the camera by the property {@code
 * videoml.kvs.restarts}, as {@code benchmarks/kvs-producer camera} sets it.
 */
class RtspForwardTest {
  private static final int RESTARTS = Integer.getInteger("videoml.kvs.restarts", 0);

  @Test
  @Timeout(60 + 60 * 10)
  void forward_camera_isStoredInOrder() throws Exception {
    Optional<String> missing = FaultyRtspServer.whyUnavailable();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    try (FaultyRtspServer camera = FaultyRtspServer.builder().start();
        KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsConnection connection = StandInStream.connection(service, Optional.empty());
      FfmpegSource source = FfmpegSource.of(camera.uri());

      try (KvsForward forward =
          KvsProducer.builder("dock-3")
              .connection(connection)
              .build()
              .forward(source, KvsWriterStandInTest.quick(), event -> {})) {
        KvsWriterStandInTest.await(() -> forward.statistics().fragmentsPersisted() > 0);
        for (int i = 0; i < RESTARTS; i++) {
          camera.kill();
          camera.restart();
          long before = forward.statistics().fragmentsPersisted() + 1;
          KvsWriterStandInTest.await(() -> forward.statistics().fragmentsPersisted() > before);
        }
        assertThat(forward.statistics().fragmentsDropped()).isZero();
      }

      List<StoredFragment> fragments = service.fragments("dock-3");
      assertThat(fragments).extracting(StoredFragment::timecodeMillis).isSorted();
      for (StoredFragment each : fragments) {
        assertThat(each.tracks().get(0).codecPrivate().get(0)).isEqualTo((byte) 1); // avcC
        assertThat(each.frames().get(0).keyFrame()).isTrue();
      }
    }
  }
}
