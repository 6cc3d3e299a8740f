package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.ResumePosition;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineRun;
import io.videoml.pipeline.RunResult;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A run over a source that breaks its word, as a user's own may. */
class UnclosableReaderTest {
  private static final TestClip CLIP = TestClips.still();

  @Test
  void close_readerThatThrowsWhenClosed_endsAllTheSame() {
    CountDownLatch silent = new CountDownLatch(1);
    FrameSource source =
        new Unclosable(
            FakeFrameSource.of("unclosable", CLIP).before(2, silent::countDown).hangAt(3).build());
    PipelineRun run = Pipeline.named("unclosable").source(source).build().start();
    Bounded.await(silent);

    Bounded.run("close", run::close);

    RunResult end = Bounded.call("await", () -> run.await());
    assertThat(end).isInstanceOf(RunResult.Stopped.class);
  }

  /** Closes its readers, and says that it could not. */
  private record Unclosable(FrameSource source) implements FrameSource {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public boolean live() {
      return source.live();
    }

    @Override
    public boolean endless() {
      return source.endless();
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      FrameReader reader = source.open(from, demand);
      return new FrameReader() {
        @Override
        public boolean tryAdvance(FrameHandler handler) {
          return reader.tryAdvance(handler);
        }

        @Override
        public void demand(DecodeDemand wanted) {
          reader.demand(wanted);
        }

        @Override
        public long notDemanded() {
          return reader.notDemanded();
        }

        @Override
        public StreamInfo stream() {
          return reader.stream();
        }

        @Override
        public void close() {
          reader.close();
          throw new IllegalStateException("could not be closed, as told");
        }
      };
    }
  }
}
