package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.kvs.produce.ProducerEvent.Failed;
import io.videoml.kvs.produce.ProducerEvent.Persisted;
import io.videoml.packet.EncodedPacket;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.Ending;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.media.StoredFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KvsWriterStandInTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Queue<ProducerEvent> events = new ConcurrentLinkedQueue<>();

  @Test
  void put_packets_areStoredAsTheyAre() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      List<EncodedPacket> packets = packets(150);
      try (KvsWriter writer =
          producer(service, Optional.empty()).tag("site", "north").build().open(events::add)) {
        packets.forEach(writer::put);

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writer.pending()).isEmpty();
        assertThat(writer.statistics().framesPersisted()).isEqualTo(150);
        assertThat(writer.statistics().sessions()).isEqualTo(1);
      }

      List<StoredFragment> fragments = service.fragments("dock-3");
      assertThat(fragments).hasSize(3);
      assertThat(fragments.get(1).timecodeMillis())
          .isEqualTo(TestPackets.START.plusSeconds(2).toEpochMilli());
      assertThat(fragments.get(1).producerTime()).isEqualTo(TestPackets.START.plusSeconds(2));
      assertThat(fragments.get(0).tags()).containsEntry("site", "north");
      assertThat(fragments.get(0).tags()).doesNotContainKey(KvsProducer.DUPLICATE_TAG);
      assertThat(fragments.get(0).tracks()).hasSize(1);
      List<StoredFrame> frames = StandInStream.frames(service, "dock-3");
      assertThat(frames).hasSize(150);
      for (int i = 0; i < 150; i++) {
        assertThat(frames.get(i).data()).isEqualTo(packets.get(i).data());
        assertThat(frames.get(i).keyFrame()).isEqualTo(packets.get(i).info().keyFrame());
      }
    }
    assertThat(events.stream().filter(Persisted.class::isInstance)).hasSize(3);
    assertThat(events.toString()).doesNotContain("key+1").doesNotContain("AKID");
  }

  @Test
  void put_overTls_arrives() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().tls().start()) {
      service.createStream("dock-3");
      try (KvsWriter writer =
          producer(service, Optional.of(service.certificate())).build().open(events::add)) {
        packets(70).forEach(writer::put);

        assertThat(writer.flush(LONG)).as("stored, %s", events).isTrue();
      }
      assertThat(StandInStream.frames(service, "dock-3")).hasSize(70);
    }
  }

  @Test
  void put_withAWrongKey_failsAndShowsNoSecret() {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      KvsProducer producer =
          producer(service, Optional.empty())
              .connection(StandInStream.connection(service, "wr0ng-s3cret", Optional.empty()))
              .reconnect(quick().failingAtFirst())
              .build();
      try (KvsWriter writer = producer.open(events::add)) {
        writer.put(packets(1).get(0));
        await(() -> events.stream().anyMatch(Failed.class::isInstance));

        assertThatThrownBy(() -> packets(2).forEach(writer::put))
            .isInstanceOfSatisfying(
                SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
        assertThat(events.toString() + writer + producer + writer.statistics())
            .doesNotContain("s3cret")
            .doesNotContain(service.accessKey());
      }
      assertThat(service.fragments("dock-3")).isEmpty();
    }
  }

  @Test
  void put_toAnUnknownStream_failsAsNotFound() {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      KvsProducer producer =
          producer(service, Optional.empty()).reconnect(quick().failingAtFirst()).build();
      try (KvsWriter writer = producer.open(events::add)) {
        writer.put(packets(1).get(0));
        await(() -> events.stream().anyMatch(Failed.class::isInstance));
      }
    }
    assertThat(events)
        .anySatisfy(
            event ->
                assertThat(event)
                    .isInstanceOfSatisfying(
                        Failed.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(Kind.NOT_FOUND)));
  }

  @Test
  void put_overRotations_losesAndRepeatsNothing() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsWriter writer =
          producer(service, Optional.empty())
              .rotateAfter(Duration.ofMillis(600))
              .build()
              .open(events::add)) {
        packets(600).forEach(writer::put);

        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writer.statistics().sessions()).isGreaterThan(2);
        assertThat(writer.statistics().fragmentsResent()).isZero();
      }
      List<Long> numbers = new ArrayList<>();
      for (StoredFragment each : service.fragments("dock-3")) {
        numbers.addAll(StandInStream.numbers(each));
      }
      assertThat(numbers).hasSize(600).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void put_anotherEncoding_goesInAnotherSession() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsWriter writer = producer(service, Optional.empty()).build().open(events::add)) {
        for (int i = 0; i < 120; i++) {
          writer.put(TestPackets.packet(i, i % 60 == 0, 100, TestPackets.format(i / 60)));
        }
        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writer.statistics().sessions()).isEqualTo(2);
        assertThat(writer.statistics().fragmentsResent()).isZero();
      }
      List<StoredFragment> fragments = service.fragments("dock-3");
      assertThat(fragments).hasSize(2);
      ByteBuffer first = fragments.get(0).tracks().get(0).codecPrivate();
      ByteBuffer second = fragments.get(1).tracks().get(0).codecPrivate();
      assertThat(first).isNotEqualTo(second);
    }
  }

  @Test
  void put_whereTheConnectionBreaksAfterStoring_isRepeatedAndMarked() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      service
          .faults()
          .next(
              KvsOperation.PUT_MEDIA,
              new Fault.CutPut(0, io.videoml.testkit.kvs.faults.PutMoment.STORED, Ending.RESET));
      try (KvsWriter writer = producer(service, Optional.empty()).build().open(events::add)) {
        packets(120).forEach(writer::put);
        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writer.statistics().possibleDuplicates()).isPositive();
      }
      List<StoredFragment> fragments = service.fragments("dock-3");
      assertThat(fragments.get(0).timecodeMillis()).isEqualTo(fragments.get(1).timecodeMillis());
      assertThat(fragments.get(0).tags()).doesNotContainKey(KvsProducer.DUPLICATE_TAG);
      assertThat(fragments.get(1).tags()).containsEntry(KvsProducer.DUPLICATE_TAG, "1");
    }
  }

  @Test
  void put_moreThanMemoryHolds_waitsAndLosesNothing() throws Exception {
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      long most = 0;
      try (KvsWriter writer =
          producer(service, Optional.empty()).memory(1 << 20).build().open(events::add)) {
        for (int i = 0; i < 300; i++) {
          writer.put(TestPackets.packet(i, i % 30 == 0, 10_000, TestPackets.FORMAT));
          most = Math.max(most, writer.statistics().memoryBytes());
        }
        assertThat(writer.flush(LONG)).isTrue();
        assertThat(writer.statistics().framesPersisted()).isEqualTo(300);
        assertThat(writer.statistics().fragmentsDropped()).isZero();
        assertThat(writer.statistics().memoryBytes()).isZero();
      }
      assertThat(most).isBetween(1L << 19, 1L << 20);
    }
  }

  @Test
  void close_whileTheServiceIsGone_isBoundedAndSaysWhatIsLeft() {
    KvsStandIn service = KvsStandIn.builder().start();
    service.createStream("dock-3");
    KvsProducer producer = producer(service, Optional.empty()).build();
    service.close();
    KvsWriter writer = producer.open(events::add);
    packets(120).forEach(writer::put);
    long before = System.nanoTime();

    writer.close();

    assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(4).toNanos());
    assertThat(writer.pending()).hasSize(2);
    assertThat(events.stream().filter(ProducerEvent.Dropped.class::isInstance)).hasSize(2);
    assertThat(threads()).isEmpty();
  }

  static ReconnectPolicy quick() {
    return ReconnectPolicy.defaults()
        .backoff(Duration.ofMillis(20), 2, Duration.ofSeconds(1))
        .slowly(Duration.ofSeconds(1));
  }

  static KvsProducer.Builder producer(
      KvsStandIn service, Optional<java.nio.file.Path> certificate) {
    return KvsProducer.builder("dock-3")
        .connection(StandInStream.connection(service, certificate))
        .reconnect(quick())
        .ackTimeout(Duration.ofSeconds(2))
        .whenFull(WhenFull.BLOCK);
  }

  private static List<EncodedPacket> packets(int count) {
    List<EncodedPacket> packets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packets.add(TestPackets.packet(i, i % 30 == 0, 1000 + i, TestPackets.FORMAT));
    }
    return packets;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("videoml-put") || name.startsWith("videoml-forward"))
        .toList();
  }

  static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
