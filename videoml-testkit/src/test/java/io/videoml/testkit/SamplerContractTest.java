package io.videoml.testkit;

import io.videoml.sampling.FrameSampler;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class SamplerContractTest {
  @Nested
  class All extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.all();
    }
  }

  @Nested
  class EveryNth extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.everyNth(7);
    }
  }

  @Nested
  class KeyFrames extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.keyFrames();
    }
  }

  @Nested
  class AtMost extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.atMost(4);
    }
  }

  @Nested
  class Motion extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.motion();
    }
  }

  @Nested
  class SceneChange extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.sceneChange();
    }
  }

  @Nested
  class And extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.keyFrames().and(FrameSampler.atMost(1));
    }
  }

  @Nested
  class Or extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.keyFrames().or(FrameSampler.atMost(1));
    }
  }

  @Nested
  class Not extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.atMost(4).not();
    }
  }

  @Nested
  class OrAtLeastEvery extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.everyNth(25).orAtLeastEvery(Duration.ofMillis(300));
    }
  }
}
