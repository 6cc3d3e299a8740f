package io.videoml.testkit;

import static io.videoml.testkit.PipelineAssertions.assertTravels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.ResultListener;
import io.videoml.pipeline.RunResult;
import io.videoml.sampling.FrameSampler;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

class PipelineAssertionsTest {
  /** What a user forgets to keep out of a description. */
  private static final class Connection {}

  private static final class Alerts implements ResultListener {
    private final Connection connection = new Connection();

    @Override
    public void onResult(FrameResult result) {
      assertThat(connection).isNotNull();
    }
  }

  private static final class OneWay implements ResultListener {
    @Override
    public void onResult(FrameResult result) {}

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("will not be read");
    }
  }

  @Test
  void assertTravels_dataAndFactories_arrivesAndRuns() {
    PipelineSpec spec =
        dock()
            .sample(() -> FrameSampler.everyNth(5))
            .detect("travels", ScriptedDetector::finding)
            .onResult(result -> {})
            .build();

    PipelineSpec arrived = assertTravels(spec);

    RunResult end = arrived.run();
    assertThat(end).isInstanceOf(RunResult.Completed.class);
    assertThat(end.summary().kept()).isEqualTo(12);
  }

  @Test
  void assertTravels_listenerWithAConnection_namesStageClassAndField() {
    PipelineSpec spec = dock().onResult(result -> {}).onResult(new Alerts()).build();

    assertThatThrownBy(() -> assertTravels(spec))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("onResult #2(...) of pipeline dock")
        .hasMessageContaining("PipelineAssertionsTest$Connection is not Serializable")
        .hasMessageContaining("field connection of")
        .hasMessageContaining("PipelineAssertionsTest$Alerts");
  }

  @Test
  void assertTravels_samplerThatCaptures_namesTheLambdasClass() {
    Connection connection = new Connection();
    PipelineSpec spec =
        dock()
            .sample(
                () -> {
                  assertThat(connection).isNotNull();
                  return FrameSampler.all();
                })
            .build();

    assertThatThrownBy(() -> assertTravels(spec))
        .hasMessageContaining("sample(...)")
        .hasMessageContaining("PipelineAssertionsTest$Connection is not Serializable")
        .hasMessageContaining("captured by a lambda of " + PipelineAssertionsTest.class.getName());
  }

  @Test
  void assertTravels_detectorFactoryThatCaptures_namesDetect() {
    ScriptedDetector live = ScriptedDetector.finding();

    assertThatThrownBy(() -> assertTravels(dock().detect("k", () -> live).build()))
        .hasMessageContaining("detect(...)")
        .hasMessageContaining("ScriptedDetector is not Serializable");
  }

  @Test
  void assertTravels_cascade_arrivesAndRuns() {
    PipelineSpec spec =
        dock()
            .cascade(
                Cascade.detect("travels-small", ScriptedDetector::finding)
                    .when(Match.anyOf("person").above(0.4f).not())
                    .atMost(1)
                    .budget(Budget.bytesPerMinute(1000))
                    .then("travels-big", ScriptedDetector::finding)
                    .to("cloud", () -> (frame, soFar) -> 1))
            .build();

    RunResult end = assertTravels(spec).run();

    assertThat(end.summary().kept()).isEqualTo(2); // of two seconds
  }

  @Test
  void assertTravels_cascadeStageThatCaptures_isNamed() {
    ScriptedDetector live = ScriptedDetector.finding();
    Connection connection = new Connection();
    Cascade cascade = Cascade.detect("small", ScriptedDetector::finding);

    assertThatThrownBy(() -> assertTravels(dock().cascade(cascade.then("big", () -> live)).build()))
        .hasMessageContaining("cascade stage big: then(...) of pipeline dock cannot travel")
        .hasMessageContaining("ScriptedDetector is not Serializable");
    assertThatThrownBy(
            () ->
                assertTravels(
                    dock()
                        .cascade(
                            cascade
                                .when(Match.anything())
                                .when(found -> connection.hashCode() == found.size()))
                        .build()))
        .hasMessageContaining("cascade stage small: when #2(...)")
        .hasMessageContaining("Connection is not Serializable");
    assertThatThrownBy(
            () ->
                assertTravels(
                    dock()
                        .cascade(cascade.to("cloud", () -> (frame, soFar) -> connection.hashCode()))
                        .build()))
        .hasMessageContaining("cascade stage cloud: to(...)")
        .hasMessageContaining("Connection is not Serializable");
  }

  @Test
  void assertTravels_partThatCannotArrive_isNamed() {
    assertThatThrownBy(() -> assertTravels(dock().onResult(new OneWay()).build()))
        .hasMessageContaining("onResult #1(...)")
        .hasMessageContaining("will not be read");
  }

  private static PipelineBuilder dock() {
    return Pipeline.named("dock").source(FakeFrameSource.of(TestClips.still()));
  }
}
