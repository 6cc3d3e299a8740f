package io.videoml.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import io.videoml.inference.Tensor;
import io.videoml.inference.TensorSpec;
import io.videoml.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InferenceEngine} promises, with its contexts. An implementation extends this
 * and says how to load a model with 32-bit float inputs and at least one 32-bit float output that
 * depends on them.
 */
public abstract class InferenceEngineContract {
  private static final int THREADS = 4;

  private @Nullable InferenceEngine opened;

  /** Returns a new engine with its model loaded. */
  protected abstract InferenceEngine open();

  /** Returns one shape per input of the model, which it takes. */
  protected abstract List<long[]> inputShapes();

  @BeforeEach
  void openEngine() {
    opened = open();
  }

  @AfterEach
  void closeEngine() {
    engine().close();
  }

  @Test
  void model_ofEngine_namesInputsAndOutputs() {
    assertThat(engine().model().name()).isNotBlank();
    assertThat(engine().model().inputs()).hasSameSizeAs(inputShapes());
    assertThat(engine().model().outputs()).isNotEmpty();
    assertThat(engine().execution().active()).isNotBlank();
  }

  @Test
  void run_prepared_givesTheOutputsInTheModelsOrder() {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      List<Tensor> outputs = context.run();

      assertThat(outputs)
          .extracting(Tensor::name)
          .containsExactlyElementsOf(
              engine().model().outputs().stream().map(TensorSpec::name).toList());
    }
  }

  @Test
  void input_everyCall_isTheSameDirectBufferOfTheRightSize() {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      for (int i = 0; i < inputShapes().size(); i++) {
        ByteBuffer input = context.input(i);
        context.run();

        assertThat(context.input(i)).isSameAs(input);
        assertThat(input.isDirect()).isTrue();
        assertThat(input.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(input.remaining()).isEqualTo(elements(inputShapes().get(i)) * Float.BYTES);
      }
    }
  }

  @Test
  void run_again_seesWhatTheInputsHoldThen() {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      List<Float> first = run(context, 0.25f);
      List<Float> other = run(context, 0.75f);

      assertThat(other).as("the output must depend on the input").isNotEqualTo(first);
      assertThat(run(context, 0.25f)).isEqualTo(first);
    }
  }

  @Test
  void run_inManyContextsAtOnce_keepsThemApart() {
    List<List<Float>> alone = new ArrayList<>();
    try (InferenceContext context = engine().prepare(inputShapes())) {
      for (int i = 0; i < THREADS; i++) {
        alone.add(run(context, i / 4f));
      }
    }

    List<FutureTask<List<Float>>> runs = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      float level = i / 4f;
      runs.add(Bounded.start("run", () -> runOften(level)));
    }

    for (int i = 0; i < THREADS; i++) {
      assertThat(Bounded.get(runs.get(i))).isEqualTo(alone.get(i));
    }
  }

  @Test
  void prepare_wrongRank_throwsAndTheEngineStaysUsable() {
    List<long[]> wrong = new ArrayList<>(inputShapes());
    wrong.set(0, new long[] {1, 2, 3, 4, 5, 6, 7});

    assertThatThrownBy(() -> engine().prepare(wrong)).isInstanceOf(InferenceException.class);
    assertThatThrownBy(() -> engine().prepare(List.of())).isInstanceOf(InferenceException.class);
    try (InferenceContext context = engine().prepare(inputShapes())) {
      assertThat(context.run()).isNotEmpty();
    }
  }

  @Test
  void cancel_whereNothingRuns_doesNothing() {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      context.cancel();

      assertThat(context.run()).isNotEmpty();
    }
  }

  @Test
  void cancel_whileItRuns_letsItFinishOrFailAndStayUsable() {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      CountDownLatch started = new CountDownLatch(1);
      FutureTask<Boolean> run =
          Bounded.start(
              "run",
              () -> {
                started.countDown();
                return runsOrFails(context);
              });
      Bounded.await(started);
      context.cancel();

      assertThat(Bounded.get(run)).isTrue();
      assertThat(context.run()).isNotEmpty();
    }
  }

  @Test
  void close_ofContext_endsIt() {
    InferenceContext context = engine().prepare(inputShapes());
    context.close();

    assertThatCode(context::close).doesNotThrowAnyException();
    assertThatIllegalStateException().isThrownBy(context::run);
    assertThatIllegalStateException().isThrownBy(() -> context.input(0));
  }

  @Test
  void close_ofEngine_endsItAndItsContexts() {
    InferenceContext context = engine().prepare(inputShapes());
    engine().close();

    assertThatCode(engine()::close).doesNotThrowAnyException();
    assertThatIllegalStateException().isThrownBy(() -> engine().prepare(inputShapes()));
    assertThatIllegalStateException().isThrownBy(context::run);
    assertThatCode(context::close).doesNotThrowAnyException();
  }

  @Test
  void close_whileContextsRun_letsThemFinishOrFail() {
    CountDownLatch running = new CountDownLatch(THREADS);
    List<FutureTask<Boolean>> runs = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      InferenceContext context = engine().prepare(inputShapes());
      runs.add(Bounded.start("run", () -> runUntilClosed(context, running)));
    }
    Bounded.await(running);

    Bounded.run("close", engine()::close);

    assertThat(runs).allMatch(Bounded::get);
  }

  private InferenceEngine engine() {
    return requireNonNull(opened);
  }

  private List<Float> runOften(float level) {
    try (InferenceContext context = engine().prepare(inputShapes())) {
      for (int i = 0; i < 5; i++) {
        run(context, level);
      }
      return run(context, level);
    }
  }

  private List<Float> run(InferenceContext context, float level) {
    for (int i = 0; i < inputShapes().size(); i++) {
      FloatBuffer input = context.input(i).asFloatBuffer();
      for (int j = 0; j < input.limit(); j++) {
        input.put(j, level + j % 7 / 10f);
      }
    }
    List<Float> values = new ArrayList<>();
    for (Tensor output : context.run()) {
      if (output.type() == ElementType.FLOAT32) {
        FloatBuffer floats = output.floats();
        while (floats.hasRemaining()) {
          values.add(floats.get());
        }
      }
    }
    return values;
  }

  private static boolean runsOrFails(InferenceContext context) {
    try {
      context.run();
    } catch (InferenceException cancelled) {
      return true;
    }
    return true;
  }

  private static boolean runUntilClosed(InferenceContext context, CountDownLatch running) {
    try {
      while (true) {
        context.run();
        running.countDown();
      }
    } catch (InferenceException | IllegalStateException closed) {
      return true;
    }
  }

  private static int elements(long[] shape) {
    int elements = 1;
    for (long size : shape) {
      elements = Math.toIntExact(elements * size);
    }
    return elements;
  }
}
