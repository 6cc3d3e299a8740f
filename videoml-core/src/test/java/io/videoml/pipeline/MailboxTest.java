package io.videoml.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.PixelFormat;
import io.videoml.sampling.SamplingDecision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MailboxTest {
  @Test
  void poll_several_comeInOrder() throws InterruptedException {
    Mailbox mailbox = new Mailbox(3, /* newestWins= */ false);
    for (long i = 0; i < 3; i++) {
      assertThat(mailbox.put(kept(i))).isEqualTo(Mailbox.Outcome.ACCEPTED);
    }

    assertThat(List.of(index(take(mailbox)), index(take(mailbox)), index(take(mailbox))))
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void put_fullAndNewestWins_closesTheOldest() throws InterruptedException {
    Mailbox mailbox = new Mailbox(1, /* newestWins= */ true);
    KeptFrame oldest = kept(0);
    mailbox.put(oldest);

    assertThat(mailbox.put(kept(1))).isEqualTo(Mailbox.Outcome.REPLACED_OLDEST);

    assertClosed(oldest);
    assertThat(index(take(mailbox))).isOne();
  }

  @Test
  void put_fullAndNothingMayBeLost_waitsUntilOneIsTaken() throws Exception {
    Mailbox mailbox = new Mailbox(1, /* newestWins= */ false);
    mailbox.put(kept(0));
    FutureTask<Mailbox.Outcome> put = waiting(() -> mailbox.put(kept(1)));

    assertThat(index(take(mailbox))).isZero();

    assertThat(put.get(20, TimeUnit.SECONDS)).isEqualTo(Mailbox.Outcome.ACCEPTED);
    assertThat(index(take(mailbox))).isOne();
  }

  @Test
  void poll_empty_waitsUntilOneIsPut() throws Exception {
    Mailbox mailbox = new Mailbox(1, /* newestWins= */ false);
    FutureTask<Optional<KeptFrame>> take = waiting(() -> take(mailbox));

    mailbox.put(kept(7));

    assertThat(index(take.get(20, TimeUnit.SECONDS))).isEqualTo(7);
  }

  @Test
  void end_withFramesInside_letsThemBeTakenAndNoMorePut() throws InterruptedException {
    Mailbox mailbox = new Mailbox(2, /* newestWins= */ true);
    mailbox.put(kept(0));
    mailbox.end();
    KeptFrame late = kept(1);

    assertThat(mailbox.put(late)).isEqualTo(Mailbox.Outcome.REFUSED);
    assertClosed(late);
    assertThat(index(take(mailbox))).isZero();
    assertThat(take(mailbox)).isEmpty();
  }

  @Test
  void end_whileBothWait_releasesThem() throws Exception {
    Mailbox full = new Mailbox(1, /* newestWins= */ false);
    full.put(kept(0));
    Mailbox empty = new Mailbox(1, /* newestWins= */ false);
    FutureTask<Mailbox.Outcome> put = waiting(() -> full.put(kept(1)));
    FutureTask<Optional<KeptFrame>> take = waiting(() -> take(empty));

    full.end();
    empty.end();

    assertThat(put.get(20, TimeUnit.SECONDS)).isEqualTo(Mailbox.Outcome.REFUSED);
    assertThat(take.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void discard_withFramesInside_closesAndCountsThem() throws InterruptedException {
    Mailbox mailbox = new Mailbox(2, /* newestWins= */ false);
    KeptFrame first = kept(0);
    mailbox.put(first);
    mailbox.put(kept(1));

    assertThat(mailbox.discard()).isEqualTo(2);

    assertClosed(first);
    assertThat(take(mailbox)).isEmpty();
    assertThat(mailbox.discard()).isZero();
  }

  @Test
  void put_manyFromOneThread_allArriveOnceInAnother() throws Exception {
    Mailbox mailbox = new Mailbox(2, /* newestWins= */ false);
    FutureTask<Long> taken =
        waiting(
            () -> {
              long expected = 0;
              for (Optional<KeptFrame> next = take(mailbox);
                  next.isPresent();
                  next = take(mailbox)) {
                assertThat(index(next)).isEqualTo(expected++);
              }
              return expected;
            });

    for (long i : LongStream.range(0, 20_000).toArray()) {
      mailbox.put(kept(i));
    }
    mailbox.end();

    assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo(20_000);
  }

  private static <T> FutureTask<T> waiting(Callable<T> call) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              started.countDown();
              return call.call();
            });
    Thread thread = new Thread(task, "mailbox-test");
    thread.setDaemon(true);
    thread.start();
    started.await();
    return task;
  }

  private static KeptFrame kept(long index) {
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    FrameInfo info = FrameInfo.of(index, 2, 2, PixelFormat.GRAY8, time);
    return new KeptFrame(Frame.of(info, new byte[4]), SamplingDecision.keep("test"));
  }

  private static long index(Optional<KeptFrame> kept) {
    return kept.orElseThrow().frame().info().index();
  }

  private static void assertClosed(KeptFrame kept) {
    assertThatIllegalStateException().isThrownBy(() -> kept.frame().plane(0));
  }

  private static Optional<KeptFrame> take(Mailbox mailbox) throws InterruptedException {
    return mailbox.awaitFrame() ? mailbox.poll() : Optional.empty();
  }
}
