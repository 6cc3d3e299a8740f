package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.produce.ProducerEvent.Cause;
import io.videoml.kvs.produce.ProducerEvent.Disconnected;
import io.videoml.kvs.produce.ProducerEvent.Dropped;
import io.videoml.kvs.produce.ProducerEvent.Failed;
import io.videoml.kvs.produce.ProducerEvent.Resent;
import io.videoml.kvs.produce.ReceivedMedia.Media;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules one by one, on a clock of the test's. */
@Timeout(60)
class ProducerRulesTest {
  private final Simulation run =
      new Simulation(1, Simulation.settings(16 << 20, Duration.ofMinutes(40)), null);

  @Test
  void put_withoutKeyFramesForAMinute_isCutBeforeTheServicesLimit() {
    run.gop = 1_000_000;
    run.film(1800);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.stored)
        .hasSize(4)
        .allMatch(media -> media.times().get(media.times().size() - 1) - media.timecode() < 20_000);
    assertThat(run.service.stored.stream().mapToInt(media -> media.frames().size()).sum())
        .isEqualTo(1800);
  }

  @Test
  void put_shortGroups_areJoinedToFragmentsOfTwoSeconds() {
    run.gop = 10;
    run.film(300);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.stored).hasSize(5).allMatch(media -> media.frames().size() == 60);
    assertThat(run.service.stored.get(1).timecode())
        .isEqualTo(TestPackets.START.plusSeconds(2).toEpochMilli());
  }

  @Test
  void put_clockSetBack_goesOnInAnotherSession() {
    run.film(60);
    put(2_000_000_000L, TestPackets.START.minusSeconds(3600), true, true);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.opened).isEqualTo(2);
    assertThat(run.service.stored.get(1).timecode())
        .isEqualTo(TestPackets.START.minusSeconds(3600).toEpochMilli());
    assertThat(run.events(Resent.class)).isEmpty();
  }

  @Test
  void put_breakWithAnEarlierClock_staysInOrder() {
    run.film(60);
    put(0, TestPackets.START.plusSeconds(1), true, true); // a second too early
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.opened).isEqualTo(1);
    assertThat(run.service.stored.get(1).timecode())
        .isGreaterThan(run.service.stored.get(0).times().get(59));
  }

  @Test
  void put_startCodesWithoutParameterSets_isSkippedAndCounted() {
    EncodedFormat format =
        new EncodedFormat("h264", Packaging.ANNEX_B, 0, 0, new byte[0], OptionalDouble.empty());
    ByteBuffer slice = ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 0x65, 1, 2, 3});
    PacketInfo info =
        new PacketInfo(
            format, 0, 0, true, false, false, TestPackets.START, CaptureClock.ARRIVAL, 0);
    run.assembler.put(info, slice);

    assertThat(run.counters.framesSkipped.sum()).isEqualTo(1);
    assertThat(run.store.pending()).isEmpty();
  }

  @Test
  void put_unknownCodec_isRefusedNamingIt() {
    EncodedFormat format =
        new EncodedFormat("prores", Packaging.NONE, 0, 0, new byte[0], OptionalDouble.empty());
    PacketInfo info =
        new PacketInfo(
            format, 0, 0, true, false, false, TestPackets.START, CaptureClock.ARRIVAL, 0);

    assertThatThrownBy(() -> run.assembler.put(info, ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prores");
  }

  @Test
  void sending_streamWithoutRetention_isDoneWhenItArrived() {
    run.service.retains = false;
    run.film(120);

    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();
    assertThat(run.counters.fragmentsPersisted.sum()).isEqualTo(2);
  }

  @Test
  void sending_cutWithinAFragment_repeatsItUnmarked() {
    run.film(45);
    run.service.session.vanish();
    run.film(75);
    // The service did not say that it hung up: silence does.
    assertThat(run.settle(Duration.ofMinutes(2))).isTrue();

    assertThat(run.service.stored).noneMatch(Media::marked);
    assertThat(run.service.stored.stream().flatMap(media -> media.numbers().stream()).toList())
        .hasSize(120)
        .isSorted();
    assertThat(run.events(Resent.class)).isNotEmpty();
  }

  @Test
  void sending_streamThatIsGone_stopsAndSaysSo() {
    run.film(30);
    run.service.session.ack(4008);
    run.pass();

    assertThat(run.events(Failed.class)).hasSize(1);
    assertThat(run.events(Failed.class).get(0).failure().kind()).isEqualTo(Kind.NOT_FOUND);
    assertThatThrownBy(() -> run.film(1))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("takes nothing any more");
  }

  @Test
  void sending_fragmentTooLong_isDroppedAndTheRestGoesOn() {
    run.film(150);
    run.service.session.ackOpen(4002);
    run.film(60);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.events(Dropped.class)).hasSize(1);
    Dropped dropped = run.events(Dropped.class).get(0);
    assertThat(dropped.cause()).isEqualTo(Cause.REFUSED);
    assertThat(dropped.detail()).contains("4002");
  }

  @Test
  void sending_tooManyConnections_waitsAtLeastASecond() {
    Retries retries = new Retries(WriterSettings.DEFAULTS.reconnect(), new Random(3));
    KvsFailure limit =
        new KvsFailure(Remedy.RETRY_SLOWLY, Kind.REFUSED, "ConnectionLimit", "too many", null);
    for (int i = 0; i < 20; i++) {
      assertThat(retries.after(limit).orElseThrow())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
    retries.healthy();
    KvsFailure cut = new KvsFailure(Remedy.RETRY, Kind.NETWORK, "cut", "cut", null);
    assertThat(retries.after(cut).orElseThrow()).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void sending_refusedCredentials_areTriedOnceMoreThenByThePolicy() {
    ReconnectPolicy stop = ReconnectPolicy.defaults().whenRefused(ReconnectPolicy.Refused.STOP);
    KvsFailure refused =
        new KvsFailure(Remedy.NEW_CREDENTIALS, Kind.AUTHENTICATION, "403", "refused", null);
    Retries retries = new Retries(stop, new Random(3));

    assertThat(retries.after(refused)).isPresent();
    assertThat(retries.after(refused)).isEmpty();
  }

  @Test
  void put_fasterThanTheNetwork_dropsTheOldestAndStaysWithinMemory() {
    Simulation slow = new Simulation(1, Simulation.settings(1 << 20), null);
    slow.frameBytes = 3000;
    slow.service.bytesPerTick = 300; // a third of it
    long most = 0;
    for (int i = 0; i < 60; i++) {
      slow.film(30);
      most = Math.max(most, slow.store.statistics().memoryBytes());
    }
    assertThat(slow.settle(Duration.ofMinutes(5))).isTrue();

    assertThat(most).isLessThanOrEqualTo(1 << 20);
    assertThat(slow.events(Dropped.class)).isNotEmpty().allMatch(e -> e.cause() == Cause.FULL);
    assertThat(slow.events(Disconnected.class)).isEmpty(); // what leaves is not torn apart
    long stored = slow.service.stored.stream().mapToLong(media -> media.frames().size()).sum();
    long dropped = slow.events(Dropped.class).stream().mapToLong(e -> e.fragment().frames()).sum();
    assertThat(stored + dropped).isEqualTo(1800);
  }

  @Test
  void sending_nothingToSend_endsTheSessionBeforeTheServiceDoes() {
    run.film(60);
    run.assembler.end();
    long quietFrom = run.service.nanos;
    while (run.service.session != null) {
      run.pass();
    }

    assertThat(Duration.ofNanos(run.service.nanos - quietFrom))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(29));
    assertThat(run.events(Disconnected.class)).isEmpty();
    put(90_000_000_000L, TestPackets.START.plusSeconds(90), true, false);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();
    assertThat(run.service.opened).isEqualTo(2);
  }

  private void put(long ptsNanos, Instant captured, boolean key, boolean broken) {
    PacketInfo info =
        new PacketInfo(
            TestPackets.FORMAT,
            ptsNanos,
            ptsNanos,
            key,
            broken,
            false,
            captured,
            CaptureClock.PTS_ANCHORED,
            0);
    run.assembler.put(info, ByteBuffer.allocate(100));
  }
}
