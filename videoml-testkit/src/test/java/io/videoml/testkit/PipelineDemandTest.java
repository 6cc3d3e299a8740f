package io.videoml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.frame.Frame;
import io.videoml.metrics.DropReason;
import io.videoml.pipeline.RunSummary;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.MotionSampler;
import io.videoml.sampling.SamplingDecision;
import io.videoml.source.DecodeDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A sampler that changes its mind about what it needs, while it runs. */
class PipelineDemandTest {
  /** 60 frames, a key frame every 12; of those between, the even ones are referred to. */
  private static final TestClip CLIP = TestClips.still();

  @Test
  void run_demandNarrowsAndWidens_getsExactlyWhatItAsksFor() {
    Scripted script =
        new Scripted(
            Map.of(
                0L, DecodeDemand.ALL,
                3L, DecodeDemand.KEY_FRAMES, // narrows at once: 12 is next
                12L, DecodeDemand.REFERENCE_FRAMES, // widens at the next key frame, 24
                26L, DecodeDemand.ALL, // 36
                40L, DecodeDemand.REFERENCE_FRAMES)); // narrows at once: 42 is next
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary = fixture.with(builder -> builder.sample(() -> script)).run().summary();

    List<Long> expected = new ArrayList<>(List.of(0L, 1L, 2L, 3L, 12L));
    expected.addAll(List.of(24L, 26L, 28L, 30L, 32L, 34L));
    expected.addAll(List.of(36L, 37L, 38L, 39L, 40L, 42L, 44L, 46L));
    expected.addAll(List.of(48L, 50L, 52L, 54L, 56L, 58L));
    assertThat(fixture.sink.indices()).isEqualTo(expected);
    assertThat(summary.read()).isEqualTo(60);
    assertThat(summary.dropped())
        .containsExactly(Map.entry(DropReason.NOT_DEMANDED, 60L - expected.size()));
  }

  @Test
  void run_keyFramesAndMotion_neverDecodesADeltaFrame() {
    TestClip clip = TestClips.noise();
    RunFixture fixture = new RunFixture(FakeFrameSource.of(clip));

    RunSummary summary =
        fixture
            .with(
                builder ->
                    builder.sample(
                        () ->
                            FrameSampler.keyFrames()
                                .and(MotionSampler.builder().level(0).cooldown(0).build())))
            .run()
            .summary();

    assertThat(fixture.sink.indices()).containsExactly(12L, 24L, 36L, 48L);
    assertThat(summary.dropped())
        .containsExactly(
            Map.entry(DropReason.NOT_DEMANDED, 55L), Map.entry(DropReason.SAMPLED_OUT, 1L));
  }

  /** Without MOVING, which widens to REFERENCE_FRAMES though it may have meant every frame. */
  @Provide
  Arbitrary<Map<Long, DecodeDemand>> scripts() {
    Arbitrary<DecodeDemand> demands =
        Arbitraries.of(DecodeDemand.KEY_FRAMES, DecodeDemand.REFERENCE_FRAMES, DecodeDemand.ALL);
    return Arbitraries.maps(Arbitraries.longs().between(0, 59), demands).ofMaxSize(8);
  }

  @Property(tries = 100)
  void run_anyDemands_countsAddUpAndNothingComesThatIsNotDemanded(
      @ForAll("scripts") Map<Long, DecodeDemand> demands) {
    Scripted script = new Scripted(demands);
    RunFixture fixture = new RunFixture(FakeFrameSource.of(CLIP));

    RunSummary summary = fixture.with(builder -> builder.sample(() -> script)).run().summary();

    assertThat(summary.read()).isEqualTo(60);
    assertThat(summary.kept()).isEqualTo(script.seen.size());
    assertThat(summary.dropped().getOrDefault(DropReason.NOT_DEMANDED, 0L))
        .isEqualTo(60 - script.seen.size());
    assertThat(fixture.sink.indices()).isEqualTo(List.copyOf(script.seen.keySet()));
    script.seen.forEach(
        (index, demanded) -> assertThat(satisfies(index, demanded)).as("%s", index).isTrue());
    assertThat(script.seen.keySet()).contains(0L, 12L, 24L, 36L, 48L);
  }

  private static boolean satisfies(long index, DecodeDemand demanded) {
    return switch (demanded) {
      case KEY_FRAMES -> CLIP.keyFrame(index);
      case REFERENCE_FRAMES -> index % 2 == 0;
      case MOVING, ALL -> true;
    };
  }

  /** Keeps all it is shown, and asks for something else after some of it. */
  private static final class Scripted implements FrameSampler {
    private final NavigableMap<Long, DecodeDemand> demands;
    private DecodeDemand demand = DecodeDemand.ALL;

    /** Frames shown, and what was demanded before each. */
    final NavigableMap<Long, DecodeDemand> seen = new TreeMap<>();

    Scripted(Map<Long, DecodeDemand> demands) {
      this.demands = new TreeMap<>(demands);
    }

    @Override
    public SamplingDecision decide(Frame frame) {
      long index = frame.info().index();
      seen.put(index, demand);
      Map.Entry<Long, DecodeDemand> latest = demands.floorEntry(index);
      demand = latest == null ? DecodeDemand.ALL : latest.getValue();
      return SamplingDecision.keep("test");
    }

    @Override
    public DecodeDemand demand() {
      return demand;
    }
  }
}
