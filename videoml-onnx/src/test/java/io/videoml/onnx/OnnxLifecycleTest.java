package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videoml.detect.Detections;
import io.videoml.detect.Detector;
import io.videoml.frame.OwnedFrame;
import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are cancelled, or whose model is closed under them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OnnxLifecycleTest {
  /** Enough for a second or so, so that a call is still running when it is to be ended. */
  private static final int PRODUCTS = 1500;

  private static final List<long[]> SHAPES = List.of(new long[] {256, 256});

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path slow;

  @BeforeEach
  void writeModel() {
    slow = TestModels.slow(directory.resolve("slow.onnx"), PRODUCTS);
  }

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancel_whileRunning_failsTheCallAndLeavesTheContextUsable() throws Exception {
    try (InferenceEngine engine = TestModels.open(slow);
        InferenceContext context = engine.prepare(SHAPES)) {
      Future<?> call = threads.submit(context::run);
      while (!call.isDone()) {
        context.cancel();
        Thread.onSpinWait();
      }

      assertThatThrownBy(call::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("cancelled");
      assertThat(context.run()).hasSize(1);
    }
  }

  @Test
  void run_secondThreadInTheSameContext_isRefused() throws Exception {
    try (InferenceEngine engine = TestModels.open(slow);
        InferenceContext context = engine.prepare(SHAPES)) {
      Callable<Object> run = context::run;
      List<Future<Object>> calls = List.of(threads.submit(run), threads.submit(run));
      while (calls.stream().noneMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
      context.cancel();

      List<String> ends = new ArrayList<>();
      for (Future<Object> call : calls) {
        ends.add(end(call));
      }
      assertThat(ends).anyMatch(end -> end.contains("one call at a time"));
    }
  }

  @Test
  void close_whileManyRun_endsThemAllWithAnException() throws Exception {
    for (int round = 0; round < 20; round++) {
      InferenceEngine engine = TestModels.open(slow);
      CountDownLatch starting = new CountDownLatch(4);
      List<Future<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        InferenceContext context = engine.prepare(SHAPES);
        calls.add(
            threads.submit(
                () -> {
                  starting.countDown();
                  return context.run();
                }));
      }
      starting.await();
      for (int i = 0; i < round * 1000; i++) { // meets the calls at different points
        Thread.onSpinWait();
      }

      engine.close();

      for (Future<Object> call : calls) {
        assertThat(end(call)).containsAnyOf("is closed", "was closed during the call");
      }
      assertThatIllegalStateException().isThrownBy(() -> engine.prepare(SHAPES));
    }
  }

  @Test
  void close_fromManyThreadsAtOnce_isDoneOnce() throws Exception {
    InferenceEngine engine = TestModels.open(slow);
    InferenceContext context = engine.prepare(SHAPES);
    Future<Object> call = threads.submit(context::run);
    List<Future<?>> closers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      closers.add(threads.submit(i % 2 == 0 ? engine::close : context::close));
    }

    for (Future<?> closer : closers) {
      closer.get();
    }
    assertThat(end(call)).containsAnyOf("is closed", "was closed during the call");
    assertThatCode(engine::close).doesNotThrowAnyException();
  }

  @Test
  void close_ofContextWhileItRuns_leavesTheCallToItsEnd() throws Exception {
    try (InferenceEngine engine = TestModels.open(slow)) {
      InferenceContext context = engine.prepare(SHAPES);
      Future<Object> call = threads.submit(context::run);
      context.close();

      assertThat(end(call)).containsAnyOf("is closed", "returned");
      assertThatIllegalStateException().isThrownBy(context::run);
    }
  }

  @Test
  void close_ofContextAfterTheEngine_doesNothing() {
    InferenceEngine engine = TestModels.open(slow);
    InferenceContext context = engine.prepare(SHAPES);
    engine.close();

    assertThatCode(context::close).doesNotThrowAnyException();
    assertThatCode(context::cancel).doesNotThrowAnyException();
    assertThatIllegalStateException().isThrownBy(context::run);
  }

  @Test
  void close_interruptedThread_returnsAndStaysInterrupted() throws Exception {
    InferenceEngine engine = TestModels.open(slow);
    InferenceContext context = engine.prepare(SHAPES);
    Future<Object> call = threads.submit(context::run);

    Thread.currentThread().interrupt();
    engine.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end(call)).containsAnyOf("is closed", "was closed during the call");
  }

  private static String end(Future<Object> call) throws InterruptedException {
    try {
      call.get();
      return "returned";
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfAny(InferenceException.class, IllegalStateException.class);
      return String.valueOf(e.getCause().getMessage());
    }
  }

  @Test
  void close_ofDetectorWhileManyDetect_endsThemAllWithoutACrash() throws Exception {
    Path model = TestModels.brightCells(directory.resolve("cells.onnx"), "batch");
    for (int round = 0; round < 50; round++) {
      Detector detector = TestModels.cells(model).build();
      CountDownLatch running = new CountDownLatch(4);
      List<Future<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        OwnedFrame frame = BrightFrames.lit(i);
        calls.add(
            threads.submit(
                () -> {
                  while (true) {
                    detector.detect(frame);
                    running.countDown();
                  }
                }));
      }
      running.await();

      detector.close();

      for (Future<Object> call : calls) {
        assertThat(end(call)).contains("closed");
      }
    }
  }

  @Test
  void detect_fromManyThreads_findsWhatOneFindsAlone() throws Exception {
    Path model = TestModels.brightCells(directory.resolve("cells.onnx"), "batch");
    try (Detector detector = TestModels.cells(model).threads(2).build()) {
      List<Future<List<Detections>>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        OwnedFrame frame = BrightFrames.lit(i);
        Callable<List<Detections>> often = () -> often(detector, frame);
        calls.add(threads.submit(often));
      }

      for (int i = 0; i < 6; i++) {
        Detections alone = detector.detect(BrightFrames.lit(i));
        assertThat(alone.objects()).hasSize(i);
        for (Detections found : calls.get(i).get()) {
          assertThat(found.objects()).isEqualTo(alone.objects());
        }
      }
    }
  }

  private static List<Detections> often(Detector detector, OwnedFrame frame) {
    List<Detections> found = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      found.add(detector.detect(frame));
    }
    return found;
  }
}
