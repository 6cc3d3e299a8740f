package io.videoml.testkit;

import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.WeekSchedule;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;

class SamplerContractTest {
  private static final WeekSchedule ALWAYS =
      WeekSchedule.in(ZoneOffset.UTC).daily(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

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

  @Nested
  class Adaptive extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.adaptive();
    }
  }

  @Nested
  class RandomShare extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.randomShare(0.3);
    }
  }

  @Nested
  class Schedule extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.schedule(ALWAYS);
    }
  }

  @Nested
  class NotScheduled extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.schedule(ALWAYS).not();
    }
  }

  @Nested
  class WithWarmUp extends FrameSamplerContract {
    @Override
    protected FrameSampler sampler() {
      return FrameSampler.everyNth(2).withWarmUp(Duration.ofMillis(300));
    }
  }
}
