package io.videoml.kvs;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.packet.PacketReader;
import io.videoml.testkit.TestClips;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The archive's range over HTTP, where it breaks and is refused. */
@Timeout(60)
class ArchiveFaultsOverHttpTest {
  private static List<MadeFragment> fragments;

  @BeforeAll
  static void encode() {
    fragments = Clips.h264(TestClips.movingSquare());
  }

  @Test
  void tryAdvance_randomFaults_deliversEveryFrameOnceInOrder() {
    try (KvsStandIn service = ClipService.roomy(KvsLimits.aws())) {
      Clips.store(service, "clip", fragments);
      List<Long> whole = read(service);
      service
          .faults()
          .randomly(KvsOperation.LIST_FRAGMENTS, 0.4, 5, ArchiveFaultsOverHttpTest::refusal);
      service.faults().randomly(KvsOperation.GET_MEDIA_FOR_FRAGMENT_LIST, 0.5, 6, this::breaking);
      service
          .faults()
          .next(KvsOperation.GET_DATA_ENDPOINT, new Fault.DataEndpoint(service.refusingEndpoint()));

      for (int run = 0; run < 3; run++) {
        assertThat(read(service)).as("run %d", run).isEqualTo(whole);
      }
      assertThat(service.faults().taken()).hasSizeGreaterThan(5);
    }
  }

  private static Fault refusal(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Fault.Refuse(500, "InternalFailure");
      case 1 -> new Fault.Refuse(503, "ServiceUnavailable");
      case 2 -> new Fault.Refuse(400, "InvalidEndpointException");
      default -> new Fault.CutBeforeAnswer(Ending.RESET);
    };
  }

  private Fault breaking(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> refusal(random);
      case 1 -> new Fault.CutAnswer(random.nextInt(30_000), Ending.RESET);
      case 2 -> new Fault.EndAnswer(1 + random.nextInt(30_000));
      default -> new Fault.InBandError(5000, "INTERNAL_ERROR", random.nextInt(2));
    };
  }

  private static List<Long> read(KvsStandIn service) {
    KvsConnection connection = Clips.connection(service).readTimeout(Duration.ofSeconds(5)).build();
    List<Long> times = new ArrayList<>();
    try (PacketReader reader =
        KvsArchiveSource.builder(
                "clip",
                KvsRange.serverTime(
                    Instant.now().minusSeconds(3600), Instant.now().plusSeconds(3600)))
            .connection(connection)
            .batch(2)
            .page(2)
            .build()
            .openPackets(Optional.empty())) {
      while (reader.tryAdvance(packet -> times.add(packet.info().ptsNanos()))) {}
    }
    return times;
  }
}
