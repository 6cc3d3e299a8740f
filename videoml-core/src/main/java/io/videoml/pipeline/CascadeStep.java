package io.videoml.pipeline;

import static java.util.Objects.requireNonNull;

import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import java.io.Serializable;
import java.util.Optional;

/** One step of a cascade, as described: a stage, or a gate behind it. */
sealed interface CascadeStep extends Serializable
    permits DetectStage,
        CascadeStep.AllFrames,
        CascadeStep.Send,
        CascadeStep.When,
        CascadeStep.Within {

  /** Returns the name of the stage that begins here; empty for a gate. */
  default Optional<String> stage() {
    return Optional.empty();
  }

  /** The frames as they come: a stage that does nothing, for gates to stand behind. */
  record AllFrames() implements CascadeStep {
    @Override
    public Optional<String> stage() {
      return Optional.of("frames");
    }
  }

  /** A stage that sends. */
  record Send(String name, SerializableSupplier<? extends Uplink> factory) implements CascadeStep {
    public Send {
      if (requireNonNull(name, "name").isBlank()) {
        throw new IllegalArgumentException("an uplink needs a name that is not blank");
      }
      requireNonNull(factory, "factory");
    }

    @Override
    public Optional<String> stage() {
      return Optional.of(name);
    }
  }

  /** A gate for frames in which a detector's stage found the right things. */
  record When(String detector, Match condition) implements CascadeStep {
    public When {
      requireNonNull(condition, "condition");
    }
  }

  /** A gate for as many frames as there is budget for. */
  record Within(Budget budget) implements CascadeStep {
    public Within {
      requireNonNull(budget, "budget");
    }
  }
}
