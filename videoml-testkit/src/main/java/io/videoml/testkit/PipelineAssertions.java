package io.videoml.testkit;

import io.videoml.pipeline.PipelineSpec;
import java.util.Map;

/** Assertions on descriptions of pipelines. */
public final class PipelineAssertions {
  private PipelineAssertions() {}

  /**
   * Passes if the description can travel to another machine: takes apart and puts together each of
   * its parts, then the whole. Opens nothing.
   *
   * @return what arrived
   * @throws AssertionError naming the builder's method whose argument cannot travel, and the class
   *     and field at fault
   */
  public static PipelineSpec assertTravels(PipelineSpec spec) {
    for (Map.Entry<String, Object> part : spec.parts().entrySet()) {
      travel("%s(...) of pipeline %s".formatted(part.getKey(), spec.name()), part.getValue());
    }
    PipelineSpec arrived = travel("pipeline " + spec.name(), spec);
    if (!arrived.parts().keySet().equals(spec.parts().keySet())) {
      throw new AssertionError(
          "pipeline %s left with the parts %s and arrived with %s"
              .formatted(spec.name(), spec.parts().keySet(), arrived.parts().keySet()));
    }
    return arrived;
  }

  private static <T> T travel(String stage, T part) {
    try {
      return Travel.roundTrip(part);
    } catch (RuntimeException e) {
      String fault = Travel.fault(part).orElseGet(e::toString);
      throw new AssertionError(stage + " cannot travel: " + fault, e);
    }
  }
}
