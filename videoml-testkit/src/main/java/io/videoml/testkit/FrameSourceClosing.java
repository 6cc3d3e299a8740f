package io.videoml.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The part of the contract of sources that is about stopping: by closing, and by an interrupt. */
abstract class FrameSourceClosing extends FrameSourceSetup {

  @Test
  void close_whileAnotherThreadReads_unblocksIt() {
    FrameSource silent = require(silentSource(), "no silent source can be made of this kind");
    FrameReader reader = silent.open();
    CountDownLatch reading = new CountDownLatch(1);
    FutureTask<Integer> read =
        Bounded.start(
            "read",
            () -> {
              int frames = 0;
              while (reader.tryAdvance(frame -> reading.countDown())) {
                frames++;
              }
              return frames;
            });
    Bounded.await(reading);

    Bounded.run("close", reader::close);

    assertClosed(() -> Bounded.get(read));
  }

  @Test
  void open_interruptedWhileItWaits_failsAsClosed() {
    FrameSource source = require(unresponsiveSource(), "opening a source of this kind never waits");
    AtomicReference<Thread> opening = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    FutureTask<Boolean> open =
        Bounded.start(
            "open",
            () -> {
              opening.set(Thread.currentThread());
              started.countDown();
              try {
                source.open().close();
                return true;
              } finally {
                assertThat(Thread.currentThread().isInterrupted()).as("stays set").isTrue();
              }
            });
    Bounded.await(started);

    requireNonNull(opening.get()).interrupt();

    assertClosed(() -> Bounded.get(open));
  }

  @Test
  void close_whileHandlerRuns_returnsAndTheFrameStaysUntilTheHandlerDoes() {
    FrameReader reader = source().open();
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    List<byte[]> pictures = new ArrayList<>();
    FutureTask<Boolean> read =
        Bounded.start(
            "read",
            () ->
                reader.tryAdvance(
                    frame -> {
                      pictures.add(Pixels.of(frame));
                      handling.countDown();
                      Bounded.await(closed);
                      pictures.add(Pixels.of(frame));
                    }));
    Bounded.await(handling);

    Bounded.run("close", reader::close);
    closed.countDown();

    assertThat(Bounded.get(read)).isTrue();
    assertThat(pictures.get(1)).isEqualTo(pictures.get(0));
    assertClosed(() -> reader.tryAdvance(frame -> {}));
  }

  @Test
  void close_insideTheHandler_endsReading() {
    FrameReader reader = source().open();

    Bounded.run("read", () -> reader.tryAdvance(frame -> reader.close()));

    assertClosed(() -> reader.tryAdvance(frame -> {}));
  }

  @Test
  void close_again_doesNothing() {
    FrameReader reader = source().open();
    reader.tryAdvance(frame -> {});
    reader.close();

    assertThatCode(reader::close).doesNotThrowAnyException();
    assertThatCode(() -> reader.demand(DecodeDemand.KEY_FRAMES)).doesNotThrowAnyException();
    assertThat(reader.notDemanded()).isZero();
    assertThat(reader.stream().width()).isEqualTo(expected().width());
    assertClosed(() -> reader.tryAdvance(frame -> {}));
  }
}
