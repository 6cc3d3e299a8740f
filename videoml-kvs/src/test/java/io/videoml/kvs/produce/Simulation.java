package io.videoml.kvs.produce;

import io.videoml.packet.EncodedFormat;
import io.videoml.resilience.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A camera, the sending machinery and a simulated service, on one thread and a clock of its own.
 */
final class Simulation {
  static final Duration TICK = Duration.ofMillis(10);

  final SimulatedService service;
  final List<ProducerEvent> events = new ArrayList<>();
  final Counters counters = new Counters();
  final FragmentStore store;
  final Assembler assembler;
  final Uploader uploader;
  EncodedFormat format = TestPackets.FORMAT;
  int gop = 30;
  int frameBytes = 300;
  long put;

  Simulation(long seed, WriterSettings settings, @Nullable Spool spool) {
    Random random = new Random(seed);
    service = new SimulatedService(random);
    store = new FragmentStore("sim", settings, spool, counters, events::add, () -> {});
    assembler = new Assembler(settings, store, counters, 0, 0);
    uploader =
        new Uploader(
            "sim",
            settings,
            store,
            service,
            counters,
            events::add,
            () -> {},
            () -> service.nanos,
            new Retries(settings.reconnect(), random));
  }

  static WriterSettings settings(long memory) {
    return settings(memory, Duration.ofSeconds(15));
  }

  static WriterSettings settings(long memory, Duration rotation) {
    return new WriterSettings(
        Duration.ofSeconds(2),
        Duration.ofMillis(19_500),
        memory,
        WhenFull.DROP_OLDEST_FRAGMENT,
        Map.of(),
        ReconnectPolicy.defaults()
            .backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(30))
            .slowly(Duration.ofSeconds(1)),
        rotation,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        null);
  }

  /** Has the camera send so many frames, at their pace. */
  void film(int frames) {
    for (int i = 0; i < frames; i++) {
      long due = put * 1_000_000_000L / 30;
      while (service.nanos < due) {
        pass();
      }
      var packet = TestPackets.packet(put, put % gop == 0, frameBytes, format);
      assembler.put(packet.info(), packet.data());
      put++;
      uploader.step();
    }
  }

  /** Lets time pass. */
  void pass() {
    service.tick(TICK);
    uploader.step();
  }

  /** Lets time pass until all is stored, or it takes too long. */
  boolean settle(Duration atMost) {
    assembler.end();
    long deadline = service.nanos + atMost.toNanos();
    while (!store.pending().isEmpty() && service.nanos < deadline) {
      pass();
    }
    return store.pending().isEmpty();
  }

  <E extends ProducerEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
