package io.videoml.inference;

import static io.videoml.inference.FakeEngine.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.detect.Detections;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import io.videoml.frame.FrameTime;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.PixelFormat;
import io.videoml.inference.FakeEngine.FakeContext;
import io.videoml.inference.head.ModelFamily;
import io.videoml.tensor.ChannelOrder;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.Fit;
import io.videoml.tensor.Float16;
import io.videoml.tensor.Normalization;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Uses YOLOv10's output, which is a list of finished boxes: left, top, right, bottom, score, class.
 */
@Timeout(30)
class ModelDetectorTest {
  private static final TensorSpec ANY_BATCH = floats("images", -1, 3, 64, 64);

  private static OwnedFrame frame(int width, int height, int grey) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) grey);
    FrameTime time = FrameTime.arrivingNow(Duration.ZERO);
    return Frame.of(FrameInfo.of(0, width, height, PixelFormat.GRAY8, time), pixels);
  }

  private static ModelInfo model(TensorSpec input, String... metadata) {
    return FakeEngine.model(input, List.of(floats("output0", -1, 3, 6)), metadata);
  }

  /** Three boxes a picture at most; the rest of the output is zero. */
  private static Tensor output(float... numbers) {
    return Tensor.of("output0", Arrays.copyOf(numbers, 18), 1, 3, 6);
  }

  private static DetectorBuilder<?> builder(FakeEngine engine) {
    return ModelDetector.builder(engine).head(ModelFamily.YOLOV10);
  }

  private static Detections detect(FakeEngine engine, Frame frame) {
    try (ModelDetector detector = builder(engine).build()) {
      return detector.detect(frame);
    }
  }

  @Test
  void detect_letterboxedFrame_givesBoxesInItsPixelsClipped() {
    // 128x64 becomes 64x32 from row 16 on: half size, so x doubles and y - 16 doubles.
    FakeEngine engine =
        FakeEngine.answering(
            model(ANY_BATCH),
            output(8, 20, 16, 24, 0.9f, 0, /* beyond the edges: */ -5, 0, 70, 64, 0.8f, 2));

    Detections found = detect(engine, frame(128, 64, 0));

    assertThat(found)
        .containsExactly(
            new Detection(0, "person", 0.9f, new Box(16, 8, 32, 16)),
            new Detection(2, "car", 0.8f, new Box(0, 0, 128, 64)));
  }

  @Test
  void detect_boxesInThePaddingOrEmptyOrBroken_areLeftOut() {
    FakeEngine engine =
        FakeEngine.answering(
            model(ANY_BATCH),
            output(0, 0, 64, 15, 0.9f, 0, 9, 20, 9, 30, 0.9f, 0, Float.NaN, 20, 9, 30, 0.9f, 0));

    assertThat(detect(engine, frame(128, 64, 0)).isEmpty()).isTrue();
  }

  @Test
  void detect_scoresAboveOne_areReportedAsOneAndSortedByWhatTheyWere() {
    FakeEngine engine =
        FakeEngine.answering(
            model(ANY_BATCH),
            output(0, 0, 8, 8, 1.25f, 1, 0, 0, 8, 8, 0.5f, 3, 9, 9, 20, 20, 2, 2));

    Detections found = detect(engine, frame(64, 64, 0));

    assertThat(found).extracting(Detection::confidence).containsExactly(1f, 1f, 0.5f);
    assertThat(found).extracting(Detection::classId).containsExactly(2, 1, 3);
  }

  @Test
  void detect_confidenceClassesAndLimit_areApplied() {
    Tensor output =
        output(0, 0, 8, 8, 0.9f, 0, 0, 0, 8, 8, 0.6f, 16, /* class 2 */ 0, 0, 8, 8, 0.7f, 2);
    Frame frame = frame(64, 64, 0);

    assertThat(labels(output, b -> b.confidence(0.65f), frame)).containsExactly("person", "car");
    assertThat(labels(output, b -> b.classes(Set.of("dog", "2")), frame))
        .containsExactly("car", "dog");
    assertThat(labels(output, b -> b.maxDetections(1), frame)).containsExactly("person");
  }

  private static List<String> labels(
      Tensor output, java.util.function.UnaryOperator<DetectorBuilder<?>> options, Frame frame) {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output);
    try (ModelDetector detector = options.apply(builder(engine)).build()) {
      return detector.detect(frame).objects().stream().map(Detection::label).toList();
    }
  }

  /** Finds one box a picture whose class is the grey level that the picture had. */
  private static FakeEngine greyLevels(TensorSpec input, List<Integer> batches) {
    return new FakeEngine(
        model(input),
        context -> {
          int batch = (int) context.shapes.get(0)[0];
          batches.add(batch);
          float[] numbers = new float[batch * 18];
          for (int i = 0; i < batch; i++) {
            float level = context.input(0).getFloat(4 * (i * 3 * 64 * 64 + 32 * 64 + 32));
            float[] box = {0, 0, 8, 8, 0.9f, Math.round(level * 255)};
            System.arraycopy(box, 0, numbers, 18 * i, 6);
          }
          return List.of(Tensor.of("output0", numbers, batch, 3, 6));
        });
  }

  private static List<Integer> classIds(ModelDetector detector, int... greys) {
    List<OwnedFrame> frames = Arrays.stream(greys).mapToObj(grey -> frame(64, 64, grey)).toList();
    return detector.detect(frames).stream().map(found -> found.objects().get(0).classId()).toList();
  }

  @Test
  void detect_sevenFramesInBatchesOfFour_runsFourTwoOne() {
    List<Integer> batches = new ArrayList<>();
    try (ModelDetector detector = builder(greyLevels(ANY_BATCH, batches)).batch(4).build()) {
      assertThat(classIds(detector, 1, 2, 3, 4, 5, 6, 7)).containsExactly(1, 2, 3, 4, 5, 6, 7);
      assertThat(detector.maxBatch()).isEqualTo(4);
    }
    assertThat(batches).containsExactly(4, 2, 1);
  }

  @Test
  void detect_modelWithItsOwnBatch_leavesTheRestOfTheLastOneUnread() {
    List<Integer> batches = new ArrayList<>();
    FakeEngine engine = greyLevels(floats("images", 2, 3, 64, 64), batches);
    try (ModelDetector detector = builder(engine).batch(8).build()) {
      assertThat(classIds(detector, 9, 8, 7)).containsExactly(9, 8, 7);
      assertThat(detector.maxBatch()).isEqualTo(2);
    }
    assertThat(batches).containsExactly(2, 2);
  }

  @Test
  void detect_noFrames_runsNothing() {
    List<Integer> batches = new ArrayList<>();
    try (ModelDetector detector = builder(greyLevels(ANY_BATCH, batches)).build()) {
      assertThat(detector.detect(List.of())).isEmpty();
    }
    assertThat(batches).isEmpty();
  }

  @Test
  void detect_oneCallAfterAnother_usesOneContext() {
    FakeEngine engine = greyLevels(ANY_BATCH, new ArrayList<>());
    try (ModelDetector detector = builder(engine).build()) {
      assertThat(classIds(detector, 1, 2)).containsExactly(1, 2);
      assertThat(classIds(detector, 3)).containsExactly(3);
    }
    assertThat(engine.contexts).hasSize(1);
    assertThat(engine.contexts.get(0).runs).isEqualTo(3);
    assertThat(engine.contexts.get(0).closed).isTrue();
  }

  @Test
  void detect_fourThreadsWithRoomForTwo_neverPreparesMore() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FakeEngine engine =
        new FakeEngine(
            model(ANY_BATCH),
            context -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.yield();
              running.decrementAndGet();
              return List.of(output(0, 0, 8, 8, 0.9f, 5));
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ModelDetector detector = builder(engine).concurrency(2).build()) {
      List<Future<Detections>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(threads.submit(() -> detector.detect(frame(64, 64, 0))));
      }
      for (Future<Detections> call : calls) {
        assertThat(call.get().size()).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 2);
    assertThat(engine.contexts.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void detect_otherBatchSizeWithRoomForOne_replacesTheContext() {
    FakeEngine engine = greyLevels(ANY_BATCH, new ArrayList<>());
    try (ModelDetector detector = builder(engine).batch(2).concurrency(1).build()) {
      assertThat(classIds(detector, 1, 2, 3)).containsExactly(1, 2, 3);
      assertThat(engine.contexts.get(0).closed).isTrue();
      assertThat(engine.contexts.get(1).closed).isFalse();
    }
  }

  @Test
  void detect_engineFails_throwsItsExceptionAndStaysUsable() {
    AtomicInteger runs = new AtomicInteger();
    FakeEngine engine =
        new FakeEngine(
            model(ANY_BATCH),
            context -> {
              if (runs.incrementAndGet() == 1) {
                throw new InferenceException("fake.onnx", "out of memory");
              }
              return List.of(output(0, 0, 8, 8, 0.9f, 5));
            });
    try (ModelDetector detector = builder(engine).concurrency(1).build()) {
      assertThatThrownBy(() -> detector.detect(frame(64, 64, 0)))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("out of memory");
      assertThat(detector.detect(frame(64, 64, 0)).size()).isOne();
    }
  }

  @Test
  void detect_frameThatWasClosed_throwsAndStaysUsable() {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output(0, 0, 8, 8, 0.9f, 5));
    OwnedFrame gone = frame(64, 64, 0);
    gone.close();
    try (ModelDetector detector = builder(engine).concurrency(1).build()) {
      assertThatThrownBy(() -> detector.detect(gone)).isInstanceOf(IllegalStateException.class);
      assertThat(detector.detect(frame(64, 64, 0)).size()).isOne();
    }
  }

  @Test
  void close_whileAnotherDetects_cancelsAndWaitsBeforeTheEngineGoes() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    FakeEngine engine =
        new FakeEngine(
            model(ANY_BATCH),
            context -> {
              running.countDown();
              while (!context.cancelled) {
                Thread.onSpinWait();
              }
              throw new InferenceException("fake.onnx", "cancelled");
            });
    ModelDetector detector = builder(engine).build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> contextWasClosed =
          thread.submit(
              () -> {
                assertThatThrownBy(() -> detector.detect(frame(64, 64, 0)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
                return engine.contexts.get(0).closed;
              });
      running.await();

      detector.close();

      assertThat(engine.closed).isTrue();
      assertThat(contextWasClosed.get()).isTrue();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void close_whileAnotherWaitsForRoom_letsItFail() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    FakeEngine engine =
        new FakeEngine(
            model(ANY_BATCH),
            context -> {
              running.countDown();
              while (!context.cancelled) {
                Thread.onSpinWait();
              }
              return List.of(output());
            });
    ModelDetector detector = builder(engine).concurrency(1).build();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Detections> finishes = threads.submit(() -> detector.detect(frame(64, 64, 0)));
      running.await();
      Future<Detections> waits = threads.submit(() -> detector.detect(frame(64, 64, 0)));

      detector.close();

      assertThat(finishes.get().isEmpty()).isTrue();
      assertThatThrownBy(waits::get).hasCauseInstanceOf(IllegalStateException.class);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void detect_afterClose_throws() {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output());
    ModelDetector detector = builder(engine).build();

    detector.close();
    detector.close();

    assertThatThrownBy(() -> detector.detect(frame(64, 64, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  /**
   * Making memory for another batch size takes place without a lock; closing may come just then.
   */
  @Test
  void close_whileAnotherPrepares_alwaysReturns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 3000; round++) {
        FakeEngine engine = greyLevels(ANY_BATCH, new ArrayList<>());
        ModelDetector detector = builder(engine).batch(2).concurrency(1).build();
        Future<?> call =
            threads.submit(
                () -> {
                  try {
                    detector.detect(frame(64, 64, 0));
                  } catch (IllegalStateException closed) {
                    assertThat(closed).hasMessageContaining("closed");
                  }
                });
        while (engine.contexts.size() < 2) {
          Thread.onSpinWait();
        }
        threads.submit(detector::close).get(10, TimeUnit.SECONDS);
        call.get();
        assertThat(engine.contexts).allMatch(context -> context.closed);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void detect_preprocessingOfTheUsers_isAppliedAndReported() {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output(0, 0, 32, 32, 0.9f, 0));
    try (ModelDetector detector =
        builder(engine)
            .preprocessing(
                input ->
                    input
                        .withFit(Fit.STRETCH, 0)
                        .withColor(ChannelOrder.BGR, Normalization.uniform(100, 50)))
            .build()) {
      // Stretched, 128x64 fills the 64x64 input: x doubles, y stays.
      assertThat(detector.detect(frame(128, 64, 200)))
          .containsExactly(new Detection(0, "person", 0.9f, new Box(0, 0, 64, 32)));
      assertThat(detector.input().fit()).isEqualTo(Fit.STRETCH);
    }
    assertThat(engine.contexts.get(0).input(0).getFloat(0)).isEqualTo(2f, within(1e-5f));
  }

  @Test
  void build_preprocessingThatChangesTheSize_throwsNamingBoth() {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output());

    assertThatThrownBy(() -> builder(engine).preprocessing(input -> input.withSize(32, 96)).build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("width=64")
        .hasMessageContaining("width=32");
    assertThat(engine.closed).isTrue();
  }

  @Test
  void detect_halfPrecisionModel_readsAndWritesHalves() {
    TensorSpec input = new TensorSpec("images", ElementType.FLOAT16, List.of(1L, 3L, 64L, 64L));
    ByteBuffer halves = ByteBuffer.allocateDirect(36).order(java.nio.ByteOrder.nativeOrder());
    float[] numbers = {8, 8, 16, 16, 0.75f, 0};
    for (int i = 0; i < numbers.length; i++) {
      halves.putShort(2 * i, Float16.fromFloat(numbers[i]));
    }
    Tensor output = new Tensor("output0", ElementType.FLOAT16, new long[] {1, 3, 6}, halves);
    FakeEngine engine = FakeEngine.answering(model(input), output);

    Detections found = detect(engine, frame(64, 64, 51));

    assertThat(found).extracting(Detection::confidence).containsExactly(0.75f);
    assertThat(Float16.toFloat(engine.contexts.get(0).input(0).getShort(0)))
        .isEqualTo(0.2f, within(1e-3f));
  }

  @Test
  void detect_byteModelWithInterleavedChannels_getsGreyLevels() {
    TensorSpec input = new TensorSpec("images", ElementType.UINT8, List.of(1L, 64L, 64L, 3L));
    FakeEngine engine = FakeEngine.answering(model(input), output());

    detect(engine, frame(64, 64, 200));

    assertThat(engine.contexts.get(0).input(0).get(0) & 0xff).isEqualTo(200);
    assertThat(engine.contexts.get(0).shapes.get(0)).containsExactly(1, 64, 64, 3);
  }

  @Test
  void detect_secondInputThatTheHeadKnows_isFilledForEveryPicture() {
    TensorSpec sizes = new TensorSpec("orig_target_sizes", ElementType.INT64, List.of(-1L, 2L));
    ModelInfo model =
        new ModelInfo(
            "fake.onnx",
            List.of(sizes, floats("images", -1, 3, 64, 96)),
            List.of(floats("labels", -1), floats("boxes", -1, 4), floats("scores", -1)),
            Map.of());
    FakeEngine engine =
        FakeEngine.answering(
            model,
            Tensor.of("labels", new float[] {3}, 1),
            Tensor.of("boxes", new float[] {48, 16, 96, 32}, 1, 4),
            Tensor.of("scores", new float[] {0.5f}, 1));
    try (ModelDetector detector = ModelDetector.builder(engine).batch(2).build()) {
      assertThat(detector.detect(frame(960, 640, 0)))
          .containsExactly(new Detection(3, "motorcycle", 0.5f, new Box(480, 160, 960, 320)));
    }
    FakeContext pair = engine.contexts.get(0);
    assertThat(pair.shapes.get(0)).containsExactly(2, 2);
    for (int picture = 0; picture < 2; picture++) {
      assertThat(pair.input(0).getLong(16 * picture)).isEqualTo(96); // width comes first
      assertThat(pair.input(0).getLong(16 * picture + 8)).isEqualTo(64);
    }
  }

  @Test
  void build_inputThatTheHeadDoesNotKnow_throwsNamingIt() {
    ModelInfo model =
        new ModelInfo(
            "fake.onnx",
            List.of(ANY_BATCH, floats("im_shape", -1, 2)),
            List.of(floats("output0", -1, 3, 6)),
            Map.of());
    FakeEngine engine = FakeEngine.answering(model, output());

    assertThatThrownBy(() -> builder(engine).build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("im_shape");
    assertThat(engine.closed).isTrue();
  }

  @Test
  void build_labelsThatNoHeadFits_blamesTheLabels() {
    ModelInfo yolox =
        FakeEngine.model(floats("images", 1, 3, 416, 416), List.of(floats("output", 1, 3549, 85)));

    assertThatThrownBy(
            () ->
                ModelDetector.builder(FakeEngine.answering(yolox))
                    .labels(new Labels(List.of("face", "mask", "hand")))
                    .build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("80 classes, but there are 3 labels");
  }

  @Test
  void build_labelsOfAnotherNumber_throwsNamingBoth() {
    ModelInfo faces =
        FakeEngine.model(
            floats("input", 1, 3, 240, 320),
            List.of(floats("scores", 1, 4420, 2), floats("boxes", 1, 4420, 4)));

    assertThatThrownBy(
            () ->
                ModelDetector.builder(FakeEngine.answering(faces))
                    .labels(new Labels(List.of("face", "mask", "hand")))
                    .build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("1 classes")
        .hasMessageContaining("3 labels");
  }

  @Test
  void build_unknownClass_throwsNamingIt() {
    FakeEngine engine = FakeEngine.answering(model(ANY_BATCH), output());

    assertThatThrownBy(() -> builder(engine).classes(Set.of("person", "unicorn")).build())
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("unicorn");
  }

  @Test
  void labels_ownThenMetadataThenCocoThenNumbers() {
    String[] names = {"names", "['cat', 'cow']"};
    Labels own = new Labels(List.of("a", "b", "c"));

    assertThat(labels(builder(FakeEngine.answering(model(ANY_BATCH, names))).labels(own)))
        .isEqualTo(own);
    assertThat(labels(builder(FakeEngine.answering(model(ANY_BATCH, names)))).names())
        .containsExactly("cat", "cow");
    assertThat(labels(builder(FakeEngine.answering(model(ANY_BATCH))))).isEqualTo(Labels.coco());
    ModelInfo threeClasses =
        FakeEngine.model(
            ANY_BATCH, List.of(floats("pred_logits", 1, 9, 3), floats("pred_boxes", 1, 9, 4)));
    assertThat(labels(ModelDetector.builder(FakeEngine.answering(threeClasses))).names())
        .containsExactly("0", "1", "2");
  }

  private static Labels labels(DetectorBuilder<?> builder) {
    try (ModelDetector detector = builder.build()) {
      return detector.labels();
    }
  }

  @Test
  void builder_valuesOutOfRange_throwNamingThem() {
    DetectorBuilder<?> builder = builder(FakeEngine.answering(model(ANY_BATCH)));

    assertThatThrownBy(() -> builder.confidence(1.5f)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> builder.iou(Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.inputSize(0, 64)).hasMessageContaining("0");
    assertThatThrownBy(() -> builder.maxDetections(0)).hasMessageContaining("maxDetections");
    assertThatThrownBy(() -> builder.batch(0)).hasMessageContaining("batch");
    assertThatThrownBy(() -> builder.concurrency(0)).hasMessageContaining("concurrency");
  }
}
