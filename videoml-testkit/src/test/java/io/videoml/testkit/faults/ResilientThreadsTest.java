package io.videoml.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.ResumePosition;
import io.videoml.resilience.Liveness;
import io.videoml.resilience.StreamState;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it costs that a reader does not end when it is told to. */
@Timeout(60)
class ResilientThreadsTest {

  @Test
  void stalled_readerThatDoesNotEnd_costsOneThread() {
    AtomicBoolean release = new AtomicBoolean();
    AtomicInteger looks = new AtomicInteger();
    try (SurvivingStream beside =
            new SurvivingStream(
                new Mute("beside", release, looks),
                SurvivingStream.QUICK.with(
                    Liveness.defaults().firstFrameWithin(Duration.ofDays(1))));
        SurvivingStream stuck =
            new SurvivingStream(
                new Mute("stuck", release, new AtomicInteger()),
                SurvivingStream.QUICK.with(
                    Liveness.defaults().firstFrameWithin(Duration.ofMillis(200))))) {
      try {
        Until.isTrue("the other is open", () -> beside.told.contains("connected"));
        stuck.awaitState(StreamState.STALLED);
        long startedBefore = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        int looksBefore = looks.get();

        Until.isTrue("all were looked at 20 times", () -> looks.get() >= looksBefore + 20);

        long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        assertThat(started - startedBefore).as("threads started meanwhile").isLessThan(10);
        assertThat(stuck.state()).isEqualTo(StreamState.STALLED);
      } finally {
        release.set(true); // the streams wait for it when they are closed
      }
    }
  }

  /** Sends nothing, and heeds neither closing nor interrupts until it is released. */
  private record Mute(String id, AtomicBoolean release, AtomicInteger looks)
      implements FrameSource {
    @Override
    public boolean live() {
      return true;
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      return new FrameReader() {
        @Override
        public boolean tryAdvance(FrameHandler handler) {
          while (!release.get()) {
            LockSupport.parkNanos(1_000_000);
          }
          throw new SourceException(Kind.NETWORK, id, "was released");
        }

        @Override
        public void demand(DecodeDemand wanted) {}

        @Override
        public long notDemanded() {
          return 0;
        }

        @Override
        public OptionalLong bytesReceived() {
          looks.incrementAndGet();
          return OptionalLong.empty();
        }

        @Override
        public StreamInfo stream() {
          return StreamInfo.UNKNOWN;
        }

        @Override
        public void close() {}
      };
    }
  }
}
