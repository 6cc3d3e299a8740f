package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.cascade.Match;
import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.frame.FrameInfo;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.StageSummary;
import io.videoml.sampling.SamplingDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever the stages do, each frame is counted once, where it stopped. */
class CascadePropertiesTest {
  private static final Detection PERSON = new Detection(0, "person", 0.9f, new Box(1, 2, 11, 22));
  private static final int FRAMES = 40;

  /** What becomes of one frame, in the order of the stages. */
  private enum Fate {
    SAMPLED_OUT,
    SAMPLER_FAILS,
    NO_MATCH,
    SMALL_FAILS,
    BIG_FAILS,
    BIG_FINDS_NOTHING,
    UPLINK_FAILS,
    SENT;

    boolean reaches(Fate stage) {
      return compareTo(stage) >= 0;
    }
  }

  @Property(tries = 100)
  void counts_ofAnyScript_addUpStageByStage(
      @ForAll @Size(FRAMES) List<Fate> fates, @ForAll boolean live) {
    RecordingUplink cloud =
        new RecordingUplink(
            frame -> {
              if (fates.get((int) frame) == Fate.UPLINK_FAILS) {
                throw new IOException("as told");
              }
              return frame;
            });
    FakeFrameSource.Builder source =
        FakeFrameSource.of("script", TestClips.still().withFrames(FRAMES));
    RunFixture fixture = new RunFixture((live ? source.live() : source).build());

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder
                        .sample(() -> frame -> sample(fates, frame.info()))
                        .cascade(
                            Cascade.detect(fixture.name, () -> small(fates))
                                .when(Match.anyOf("person"))
                                .then(fixture.name + "-big", () -> big(fates))
                                .when(Match.anyOf("person"))
                                .to("cloud", () -> cloud)))
            .run() // checks that all adds up
            .summary();

    if (live) { // frames may also have given way to newer ones
      assertThat(fixture.sink.indices()).isSorted();
      assertThat(summary.kept()).isLessThanOrEqualTo(times(fates, Fate.SENT));
      return;
    }
    assertThat(fixture.sink.indices()).isEqualTo(indices(fates, Fate.SENT));
    assertThat(cloud.indices()).isEqualTo(indices(fates, Fate.SENT));
    assertThat(summary.failed())
        .isEqualTo(
            times(fates, Fate.SAMPLER_FAILS, Fate.SMALL_FAILS, Fate.BIG_FAILS, Fate.UPLINK_FAILS));
    assertThat(summary.dropped().getOrDefault(DropReason.NO_MATCH, 0L))
        .isEqualTo(times(fates, Fate.NO_MATCH, Fate.BIG_FINDS_NOTHING));
    StageSummary big = summary.stages().get(4);
    assertThat(big.in()).isEqualTo(fates.stream().filter(f -> f.reaches(Fate.BIG_FAILS)).count());
    assertThat(big.stopped().getOrDefault("no_match", 0L))
        .isEqualTo(times(fates, Fate.BIG_FINDS_NOTHING));
    assertThat(big.stopped().getOrDefault("failed", 0L)).isEqualTo(times(fates, Fate.BIG_FAILS));
  }

  private static SamplingDecision sample(List<Fate> fates, FrameInfo frame) {
    Fate fate = fate(fates, frame);
    if (fate == Fate.SAMPLER_FAILS) {
      throw new Told();
    }
    return fate == Fate.SAMPLED_OUT ? SamplingDecision.drop("told") : SamplingDecision.keep("told");
  }

  private static ScriptedDetector small(List<Fate> fates) {
    return failing(fates, Fate.SMALL_FAILS, Fate.NO_MATCH);
  }

  private static ScriptedDetector big(List<Fate> fates) {
    return failing(fates, Fate.BIG_FAILS, Fate.BIG_FINDS_NOTHING);
  }

  private static ScriptedDetector failing(List<Fate> fates, Fate failure, Fate nothing) {
    return ScriptedDetector.scripted(
        frame -> {
          Fate fate = fate(fates, frame);
          if (fate == failure) {
            throw new Told();
          }
          return fate == nothing ? List.of() : List.of(PERSON);
        });
  }

  private static Fate fate(List<Fate> fates, FrameInfo frame) {
    return fates.get((int) frame.index());
  }

  private static List<Long> indices(List<Fate> fates, Fate wanted) {
    List<Long> indices = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      if (fates.get(i) == wanted) {
        indices.add((long) i);
      }
    }
    return indices;
  }

  private static long times(List<Fate> fates, Fate... wanted) {
    return fates.stream().filter(List.of(wanted)::contains).count();
  }

  /** Without a stack trace: hundreds of them would be logged. */
  private static final class Told extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Told() {
      super("as told", null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
  }
}
