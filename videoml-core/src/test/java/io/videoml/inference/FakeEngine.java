package io.videoml.inference;

import io.videoml.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers with what a test says, and remembers what it was asked. */
final class FakeEngine implements InferenceEngine {
  private final ModelInfo model;
  private final Function<FakeContext, List<Tensor>> answer;
  final List<FakeContext> contexts = Collections.synchronizedList(new ArrayList<>());
  volatile boolean closed;

  FakeEngine(ModelInfo model, Function<FakeContext, List<Tensor>> answer) {
    this.model = model;
    this.answer = answer;
  }

  static FakeEngine answering(ModelInfo model, Tensor... outputs) {
    return new FakeEngine(model, context -> List.of(outputs));
  }

  /** A float picture input and float outputs; metadata in pairs of key and value. */
  static ModelInfo model(TensorSpec input, List<TensorSpec> outputs, String... metadata) {
    return new ModelInfo("fake.onnx", List.of(input), outputs, pairs(metadata));
  }

  private static Map<String, String> pairs(String... metadata) {
    return metadata.length == 0 ? Map.of() : Map.of(metadata[0], metadata[1]);
  }

  static TensorSpec floats(String name, long... shape) {
    return new TensorSpec(name, ElementType.FLOAT32, Arrays.stream(shape).boxed().toList());
  }

  @Override
  public ModelInfo model() {
    return model;
  }

  @Override
  public ExecutionReport execution() {
    return new ExecutionReport("cpu", "cpu", Optional.empty());
  }

  @Override
  public InferenceContext prepare(List<long[]> inputShapes) {
    FakeContext context = new FakeContext(this, inputShapes);
    contexts.add(context);
    return context;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Inputs as a real engine has them: direct, native order, the same at every call. */
  static final class FakeContext implements InferenceContext {
    private final FakeEngine engine;
    private final List<ByteBuffer> inputs = new ArrayList<>();
    final List<long[]> shapes;
    volatile boolean cancelled;
    volatile boolean closed;
    int runs;

    private FakeContext(FakeEngine engine, List<long[]> shapes) {
      this.engine = engine;
      this.shapes = shapes;
      for (int i = 0; i < shapes.size(); i++) {
        long elements = Arrays.stream(shapes.get(i)).reduce(1, Math::multiplyExact);
        int bytes = (int) elements * engine.model.inputs().get(i).type().bytes();
        inputs.add(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
      }
    }

    @Override
    public ByteBuffer input(int index) {
      return inputs.get(index);
    }

    @Override
    public List<Tensor> run() {
      if (closed || engine.closed) {
        throw new IllegalStateException("closed");
      }
      runs++;
      return engine.answer.apply(this);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
