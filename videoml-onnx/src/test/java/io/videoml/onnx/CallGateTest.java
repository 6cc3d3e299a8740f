package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private final CallGate gate = new CallGate("the model");
  private final List<String> freed = new ArrayList<>();

  @Test
  void close_nobodyInside_freesAtOnce() {
    gate.close(() -> freed.add("first"));

    assertThat(freed).containsExactly("first");
  }

  @Test
  void close_callsInside_leavesFreeingToTheLast() {
    gate.enter();
    gate.enter();

    gate.close(() -> freed.add("first"));
    gate.leave();
    assertThat(freed).isEmpty();
    gate.leave();
    assertThat(freed).containsExactly("first");
  }

  @Test
  void close_again_changesNothing() {
    gate.enter();
    gate.close(() -> freed.add("first"));
    gate.close(() -> freed.add("second"));
    gate.leave();
    gate.close(() -> freed.add("third"));

    assertThat(freed).containsExactly("first");
  }

  @Test
  void enter_afterClose_throwsNamingWhatIsClosed() {
    gate.close(() -> {});

    assertThatIllegalStateException().isThrownBy(gate::enter).withMessage("the model is closed");
  }

  @Test
  void await_callThatStays_givesUp() {
    gate.enter();
    gate.close(() -> freed.add("first"));

    gate.await(0);

    assertThat(freed).isEmpty();
  }
}
