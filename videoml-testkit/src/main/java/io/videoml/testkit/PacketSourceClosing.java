package io.videoml.testkit;

import static io.videoml.testkit.FrameSourceSetup.assertClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The part of the contract of packets that is about stopping. */
abstract class PacketSourceClosing extends PacketSourceSetup {

  @Test
  void close_whileAnotherThreadReads_unblocksItWithinASecond() {
    PacketSource silent =
        FrameSourceSetup.require(silentPackets(), "no silent source can be made of this kind");
    PacketReader reader = silent.openPackets(Optional.empty());
    CountDownLatch reading = new CountDownLatch(1);
    FutureTask<Integer> read =
        Bounded.start(
            "read",
            () -> {
              int packets = 0;
              while (reader.tryAdvance(packet -> reading.countDown())) {
                packets++;
              }
              return packets;
            });
    Bounded.await(reading);
    long start = System.nanoTime();

    Bounded.run("close", reader::close);

    assertClosed(() -> Bounded.get(read));
    // Twice what is promised, for machines that are busy.
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void close_whileHandlerRuns_returnsAndTheDataCanStillBeRead() {
    PacketReader reader = packets().openPackets(Optional.empty());
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    List<Integer> sums = new ArrayList<>();
    FutureTask<Boolean> read =
        Bounded.start(
            "read",
            () ->
                reader.tryAdvance(
                    packet -> {
                      sums.add(sum(packet.data()));
                      handling.countDown();
                      Bounded.await(closed);
                      sums.add(sum(packet.data()));
                    }));
    Bounded.await(handling);

    Bounded.run("close", reader::close);
    closed.countDown();

    assertThat(Bounded.get(read)).isTrue();
    assertThat(sums.get(1)).isEqualTo(sums.get(0));
    assertClosed(() -> reader.tryAdvance(packet -> {}));
  }

  @Test
  void data_keptTooLong_isReadWithoutACrash() {
    List<ByteBuffer> kept = new ArrayList<>();
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      for (int i = 0; i < 20; i++) {
        reader.tryAdvance(packet -> kept.add(packet.data()));
      }
    }

    assertThat(kept).hasSize(20).allMatch(ByteBuffer::isReadOnly);
    kept.forEach(PacketSourceClosing::sum);
    assertThat(kept).noneMatch(ByteBuffer::hasRemaining);
  }

  @Test
  void close_insideTheHandler_endsReading() {
    PacketReader reader = packets().openPackets(Optional.empty());

    Bounded.run("read", () -> reader.tryAdvance(packet -> reader.close()));

    assertClosed(() -> reader.tryAdvance(packet -> {}));
  }

  @Test
  void tryAdvance_insideTheHandler_isRefused() {
    try (PacketReader reader = packets().openPackets(Optional.empty())) {
      reader.tryAdvance(
          packet ->
              assertThatIllegalStateException().isThrownBy(() -> reader.tryAdvance(next -> {})));
    }
  }

  @Test
  void close_again_doesNothing() {
    PacketReader reader = packets().openPackets(Optional.empty());
    reader.tryAdvance(packet -> {});
    reader.close();

    assertThatCode(reader::close).doesNotThrowAnyException();
    assertThat(reader.format().codec()).isNotBlank();
    assertThatCode(reader::bytesReceived).doesNotThrowAnyException();
    assertClosed(() -> reader.tryAdvance(packet -> {}));
  }

  private static int sum(ByteBuffer data) {
    int sum = 0;
    while (data.hasRemaining()) {
      sum = 31 * sum + data.get();
    }
    return sum;
  }
}
