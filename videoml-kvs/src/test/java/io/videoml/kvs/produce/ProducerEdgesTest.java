package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.produce.ProducerEvent.Disconnected;
import io.videoml.kvs.produce.ProducerEvent.Dropped;
import io.videoml.kvs.produce.ReceivedMedia.Media;
import io.videoml.kvs.produce.WriterSettings.SpoolSettings;
import io.videoml.kvs.putmedia.PutMediaService;
import io.videoml.kvs.putmedia.PutMediaSession;
import io.videoml.kvs.putmedia.SessionEvents;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import io.videoml.source.SourceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What rarely comes together: clocks, interrupts and acknowledgements at the wrong moment. */
@Timeout(60)
class ProducerEdgesTest {
  @TempDir Path folder;
  private final Simulation run =
      new Simulation(1, Simulation.settings(16 << 20, Duration.ofMinutes(40)), null);

  @Test
  void put_sameMillisecondAfterAFlush_goesInAnotherSession() {
    put(run, 0, true);
    run.assembler.end();
    put(run, 0, false); // has the same time: its acknowledgement would be taken for the other's
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.opened).isEqualTo(2);
    assertThat(run.service.stored).hasSize(2).noneMatch(Media::marked);
    assertThat(run.counters.fragmentsPersisted.sum()).isEqualTo(2);
  }

  @Test
  void put_clockSetBackByNineSeconds_timesGoOn() {
    run.film(60);
    for (int i = 0; i < 60; i++) {
      put(run, i * 33_333_333L - 7_000_000_000L, i % 30 == 0);
    }
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();

    assertThat(run.service.stored)
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(media -> media.times().equals(media.times().stream().sorted().toList()))
        .allMatch(media -> media.times().get(0) == media.timecode());
  }

  @Test
  void sending_addressesTakeLongerThanThePatience_connectsAllTheSame() {
    PutMediaService slow =
        new Slow(run.service, Duration.ofSeconds(7)); // the test's patience is five
    Uploader uploader = uploader(slow);
    EncodedPacket packet = TestPackets.packet(0, true, 500, TestPackets.FORMAT);
    run.assembler.put(packet.info(), packet.data());
    run.assembler.end();
    for (int i = 0; i < 1000 && !run.store.pending().isEmpty(); i++) {
      run.service.tick(Simulation.TICK);
      uploader.step();
    }

    assertThat(run.events(Disconnected.class)).isEmpty();
    assertThat(run.store.pending()).isEmpty();
  }

  @Test
  void sending_retentionTakenAwayMeanwhile_isFoundOut() {
    run.film(60);
    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();
    run.service.retains = false;
    run.film(60);

    assertThat(run.settle(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void sending_interruptedWhileItReadsTheSpool_leavesTheFileThere() {
    try (Spool spool = Spool.open(spool(64 << 20), "sim")) {
      Simulation first = new Simulation(1, Simulation.settings(1 << 20), spool);
      for (int i = 0; i < 100; i++) {
        put(first, i * 33_333_333L, i == 0);
      }
      first.assembler.end();
      Simulation second = new Simulation(1, Simulation.settings(1 << 20), spool);
      second.store.adopt(scan(spool));
      Thread.currentThread().interrupt(); // as stopping does
      second.uploader.step();
      assertThat(Thread.interrupted()).isTrue();

      assertThat(second.events(Dropped.class)).isEmpty();
      assertThat(scan(spool)).hasSize(2);
    }
  }

  @Test
  void put_interruptedWhileItWritesTheSpool_keepsTheFragment() {
    try (Spool spool = Spool.open(spool(64 << 20), "sim")) {
      Simulation camera = new Simulation(1, Simulation.settings(1 << 20), spool);
      put(camera, 0, true);
      Thread.currentThread().interrupt();
      camera.assembler.end();
      assertThat(Thread.interrupted()).isTrue();

      assertThat(camera.events).isEmpty();
      assertThat(scan(spool)).hasSize(1);
    }
  }

  @Test
  void put_interruptedWhileTheSpoolIsFull_doesNotHoldUpTheRest() {
    WriterSettings settings = blocking(1 << 20);
    try (Spool spool = Spool.open(spool(1 << 20), "sim")) {
      Simulation camera = new Simulation(1, settings, spool);
      camera.frameBytes = 30_000;
      camera.service.bytesPerTick = 0;
      Thread.currentThread().interrupt(); // where there is no room, it waits no time
      assertThatThrownBy(() -> camera.film(600)).isInstanceOf(SourceException.class);
      assertThat(Thread.interrupted()).isTrue();
      camera.service.bytesPerTick = 1 << 20;

      assertThat(camera.settle(Duration.ofMinutes(1))).isTrue();
    }
  }

  private Uploader uploader(PutMediaService service) {
    return new Uploader(
        "sim",
        Simulation.settings(16 << 20, Duration.ofMinutes(40)),
        run.store,
        service,
        run.counters,
        run.events::add,
        () -> {},
        () -> run.service.nanos,
        new Retries(WriterSettings.DEFAULTS.reconnect(), new Random(1)));
  }

  private record Slow(SimulatedService service, Duration takes) implements PutMediaService {
    @Override
    public PutMediaSession open(long startMillis, SessionEvents events) {
      service.nanos += takes.toNanos();
      return service.open(startMillis, events);
    }

    @Override
    public boolean retains() {
      return true;
    }

    @Override
    public void forgetEndpoint() {}

    @Override
    public void close() {}
  }

  private static void put(Simulation to, long nanos, boolean key) {
    Instant time = TestPackets.START.plusNanos(nanos);
    PacketInfo info =
        new PacketInfo(
            TestPackets.FORMAT,
            nanos,
            nanos,
            key,
            false,
            false,
            time,
            CaptureClock.PTS_ANCHORED,
            0);
    to.assembler.put(info, ByteBuffer.allocate(8000));
    to.uploader.step();
  }

  private List<Fragment> scan(Spool spool) {
    try {
      return spool.scan(new ArrayList<ProducerEvent>()::add);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SpoolSettings spool(long bytes) {
    return new SpoolSettings(folder.toString(), bytes, true);
  }

  private static WriterSettings blocking(long memory) {
    WriterSettings some = Simulation.settings(memory);
    return new WriterSettings(
        some.target(),
        some.longest(),
        memory,
        WhenFull.BLOCK,
        some.tags(),
        some.reconnect(),
        some.rotation(),
        some.ackTimeout(),
        some.closeTimeout(),
        null);
  }
}
