package io.videoml.benchmarks;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A camera that never sends a frame, in one of several ways. */
record BadSource(String id, Way way) implements FrameSource {
  enum Way {
    HANGS_IN_OPEN,
    HANGS_IN_READ,
    REFUSES
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return switch (way) {
      case HANGS_IN_OPEN -> {
        hang(new CountDownLatch(1));
        throw new IllegalStateException("opened after all");
      }
      case HANGS_IN_READ -> new SilentReader();
      case REFUSES -> throw new SourceException(SourceException.Kind.REFUSED, id, "refused");
    };
  }

  private void hang(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SourceException(SourceException.Kind.CLOSED, id, "closed, or interrupted");
  }

  private final class SilentReader implements FrameReader {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean tryAdvance(FrameHandler handler) {
      hang(closed);
      return false;
    }

    @Override
    public void demand(DecodeDemand demand) {}

    @Override
    public long notDemanded() {
      return 0;
    }

    @Override
    public StreamInfo stream() {
      return StreamInfo.UNKNOWN;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
