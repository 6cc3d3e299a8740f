package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.videoml.ffmpeg.RecordedPackets.ListReader;
import io.videoml.ffmpeg.RecordedPackets.Recorded;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.testkit.TestClips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of packets that fail, end, wait, or break every rule. */
@Timeout(30)
class PacketDecodingTest {
  @TempDir static Path directory;
  private static List<Recorded> packets;
  private int live;
  private int lent;

  @BeforeAll
  static void encode() {
    packets =
        RecordedPackets.read(
            Clips.encode(TestClips.movingSquare(), directory.resolve("a.mp4"), "libopenh264", 0));
  }

  @BeforeEach
  void count() {
    live = NativeCount.live();
    lent = PixelMemory.lent();
  }

  @AfterEach
  void everythingIsGivenBack() {
    assertThat(NativeCount.live()).isEqualTo(live);
    assertThat(PixelMemory.lent()).isEqualTo(lent);
  }

  @Test
  void open_noPacketAtAll_endsAtOnce() {
    ListReader empty = new ListReader(packets);
    while (empty.tryAdvance(packet -> {})) {}
    try (FrameReader reader = new ScriptedPackets(empty).open()) {
      assertThat(reader.tryAdvance(frame -> {})).isFalse();
      assertThat(reader.tryAdvance(frame -> {})).isFalse();
      assertThat(reader.stream().codec()).isEqualTo("h264");
    }
  }

  @Test
  void bytesReceived_isWhatThePacketReaderSays() {
    try (FrameReader reader = ScriptedPackets.of(packets).open()) {
      ScriptedPackets.readAll(reader);
      long bytes = packets.stream().mapToLong(packet -> packet.bytes().length).sum();
      assertThat(reader.bytesReceived()).hasValue(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 170, 200})
  void position_ofPacketsWithPositions_holdsIndexTimeAndTheirs(int length) {
    ResumePosition inner = new ResumePosition("x".repeat(length));
    List<ResumePosition> positions = positions(Optional.of(inner), Long.MAX_VALUE / 2);

    assertThat(positions).hasSize(3);
    PacketToken token = PacketToken.of(positions.get(2), "test");
    assertThat(token.inner()).isEqualTo(inner);
    assertThat(token.index()).isEqualTo(2);
    assertThat(token.position()).isEqualTo(positions.get(2));
  }

  @Test
  void position_ofPacketsWithout_isEmpty() {
    assertThat(positions(Optional.empty(), 0)).isEmpty();
    assertThat(positions(Optional.of(new ResumePosition("x".repeat(202))), 0)).isEmpty();
  }

  private static List<ResumePosition> positions(Optional<ResumePosition> each, long start) {
    List<Recorded> some =
        ScriptedPackets.later(packets.subList(0, 3), start).stream()
            .map(packet -> new Recorded(packet.info(), packet.bytes(), each))
            .toList();
    List<ResumePosition> positions = new ArrayList<>();
    try (FrameReader reader = ScriptedPackets.of(some).open()) {
      while (reader.tryAdvance(frame -> frame.position().ifPresent(positions::add))) {}
    }
    return positions;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffmpeg/1;1;2;3;4",
        "packets/1;",
        "packets/1;1;2;3;",
        "packets/1;zzzzzzzzzzzzz;2;3;x",
        "packets/1;1;2;x",
        "recorded/1;0"
      })
  void open_atAForeignPosition_saysSo(String token) {
    SourceException failure =
        catchThrowableOfType(
            SourceException.class,
            () ->
                ScriptedPackets.of(packets)
                    .open(Optional.of(new ResumePosition(token)), DecodeDemand.ALL)
                    .close());

    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure).hasMessageContaining(token);
  }

  @Test
  void tryAdvance_packetReaderFails_passesItsOwnExceptionThrough() {
    for (RuntimeException own :
        List.of(
            new SourceException(Kind.NETWORK, "script", "gone"),
            new UnsupportedOperationException("its own"))) {
      PacketReader failing =
          reader(
              (inner, handler) -> {
                if (inner.next() == 5) {
                  throw own;
                }
                return inner.tryAdvance(handler);
              });
      try (FrameReader reader = new ScriptedPackets(failing).open()) {
        assertThatThrownBy(() -> ScriptedPackets.readAll(reader)).isSameAs(own);
        assertThatThrownBy(() -> reader.tryAdvance(frame -> {})).isSameAs(own);
      }
    }
  }

  @Test
  void tryAdvance_packetReaderFails_deliversWhatTheDecoderHoldsFirst() {
    Path file =
        Clips.encode(
            TestClips.movingSquare(), directory.resolve("b.mp4"), "mpeg4", /* bFrames= */ 2);
    SourceException own = new SourceException(Kind.NETWORK, "script", "gone");
    PacketReader failing =
        reader(
            new ListReader(RecordedPackets.read(file).subList(0, 20)),
            (inner, handler) -> {
              if (!inner.tryAdvance(handler)) {
                throw own;
              }
              return true;
            });
    List<FrameInfo> frames = new ArrayList<>();
    try (FrameReader reader = new ScriptedPackets(failing).open()) {
      assertThatThrownBy(
              () -> {
                while (reader.tryAdvance(frame -> frames.add(frame.info()))) {}
              })
          .isSameAs(own);
      assertThatThrownBy(() -> reader.tryAdvance(frame -> {})).isSameAs(own);
    }

    assertThat(frames).hasSize(20);
  }

  @Test
  void open_firstReadFails_closesThePacketReader() {
    RuntimeException own = new SourceException(Kind.NETWORK, "script", "gone");
    ListReader list = new ListReader(packets);
    PacketReader failing =
        reader(
            list,
            (inner, handler) -> {
              throw own;
            });

    assertThatThrownBy(() -> new ScriptedPackets(failing).open()).isSameAs(own);
    assertThat(list.closed()).isTrue();
  }

  @Test
  void tryAdvance_packetReaderLendsWrongly_refusesWithoutHarm() {
    assertRefused(
        (inner, handler) -> {
          inner.tryAdvance(handler);
          return inner.tryAdvance(handler);
        });
    assertRefused((inner, handler) -> true);
    assertRefused(
        (inner, handler) -> {
          inner.tryAdvance(handler);
          return false;
        });
  }

  private static void assertRefused(Advance wrong) {
    PacketReader reader =
        reader(
            (inner, handler) ->
                inner.next() < 3 ? inner.tryAdvance(handler) : wrong.of(inner, handler));
    try (FrameReader frames = new ScriptedPackets(reader).open()) {
      assertThatIllegalStateException().isThrownBy(() -> ScriptedPackets.readAll(frames));
    }
  }

  @Test
  void handler_keptAndCalledLater_refusesOnAnyThread() {
    AtomicReference<PacketHandler> kept = new AtomicReference<>();
    PacketReader reader =
        reader(
            (inner, handler) -> {
              kept.set(handler);
              return inner.tryAdvance(handler);
            });
    try (FrameReader frames = new ScriptedPackets(reader).open()) {
      frames.tryAdvance(frame -> {});
      assertThatIllegalStateException().isThrownBy(() -> kept.get().onPacket(packets.get(0)));
    }
    assertThatIllegalStateException().isThrownBy(() -> kept.get().onPacket(packets.get(0)));
  }

  @Test
  void tryAdvance_packetReaderCallsBackIntoTheFrameReader_isRefusedAndCloses() {
    AtomicReference<FrameReader> frames = new AtomicReference<>();
    List<Throwable> refused = new ArrayList<>();
    PacketReader reader =
        reader(
            (inner, handler) -> {
              if (inner.next() == 4) {
                refused.add(
                    catchThrowableOfType(
                        IllegalStateException.class, () -> frames.get().tryAdvance(frame -> {})));
                frames.get().close();
              }
              return inner.tryAdvance(handler);
            });
    frames.set(new ScriptedPackets(reader).open());

    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> ScriptedPackets.readAll(frames.get()));

    assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
    assertThat(refused).hasSize(1).doesNotContainNull();
  }

  @Test
  void tryAdvance_packetsWithoutSense_neverCrashes() {
    Random random = new Random(7);
    List<Recorded> broken = new ArrayList<>();
    for (Recorded packet : packets) {
      byte[] bytes = packet.bytes().clone();
      for (int i = 0; i < 20; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      broken.add(new Recorded(packet.info(), bytes, packet.position()));
      broken.add(new Recorded(packet.info(), new byte[0], packet.position()));
      PacketInfo info = packet.info();
      broken.add(
          packet.with(
              new PacketInfo(
                  info.format(),
                  random.nextLong(),
                  Long.MIN_VALUE,
                  random.nextBoolean(),
                  random.nextInt(8) == 0,
                  random.nextBoolean(),
                  info.captured(),
                  info.capturedFrom(),
                  random.nextLong())));
    }
    for (DecodeDemand demand : DecodeDemand.values()) {
      try (FrameReader reader = ScriptedPackets.of(broken).open(Optional.empty(), demand)) {
        assertThat(ScriptedPackets.readAll(reader))
            .extracting(FrameInfo::index)
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void close_whilePacketsAreAwaited_closesTheirReaderAndUnblocks() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    PacketReader silent =
        new PacketReader() {
          private boolean first = true;

          @Override
          public boolean tryAdvance(PacketHandler handler) {
            if (first) {
              first = false;
              handler.onPacket(packets.get(0));
              return true;
            }
            waiting.countDown();
            awaitQuietly(closed);
            throw new SourceException(Kind.CLOSED, "script", "was closed");
          }

          @Override
          public EncodedFormat format() {
            return packets.get(0).info().format();
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    FrameReader reader = new ScriptedPackets(silent).open();
    FutureTask<Integer> read = new FutureTask<>(() -> ScriptedPackets.readAll(reader).size());
    Thread thread = new Thread(read, "test-read");
    thread.start();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    long start = System.nanoTime();
    reader.close();

    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(SourceException.class);
    assertThat(closed.getCount()).isZero();
    thread.join(10_000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How a reader reads, given one that does it right. */
  private interface Advance {
    boolean of(ListReader inner, PacketHandler handler);
  }

  private static PacketReader reader(Advance advance) {
    return reader(new ListReader(packets), advance);
  }

  private static PacketReader reader(ListReader inner, Advance advance) {
    return new PacketReader() {
      @Override
      public boolean tryAdvance(PacketHandler handler) {
        return advance.of(inner, handler);
      }

      @Override
      public EncodedFormat format() {
        return inner.format();
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }
}
