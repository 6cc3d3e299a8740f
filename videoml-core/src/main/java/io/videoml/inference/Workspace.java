package io.videoml.inference;

import io.videoml.frame.Frame;
import io.videoml.tensor.ElementType;
import io.videoml.tensor.ImageSpec;
import io.videoml.tensor.ImageTensor;
import io.videoml.tensor.Placement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One caller's memory for one batch size: the model's inputs and outputs, and what lies in them.
 */
final class Workspace implements AutoCloseable {
  private final InferenceContext context;
  private final ImageTensor[] pictures;
  private final Placement[] placements;
  private final long[] preprocessNanos;
  private final Candidates candidates;

  private Workspace(InferenceContext context, ImageTensor[] pictures, Candidates candidates) {
    this.context = context;
    this.pictures = pictures;
    this.placements = new Placement[pictures.length];
    this.preprocessNanos = new long[pictures.length];
    this.candidates = candidates;
  }

  static Workspace prepare(
      InferenceEngine engine,
      ModelSetup setup,
      ModelHead head,
      ImageSpec input,
      int batch,
      Candidates candidates) {
    InferenceContext context = engine.prepare(shapes(setup, head, input, batch));
    try {
      fillConstants(context, setup, head, batch);
      ImageTensor[] pictures = pictures(context.input(setup.pictureInput()), input, batch);
      return new Workspace(context, pictures, candidates);
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  private static List<long[]> shapes(ModelSetup setup, ModelHead head, ImageSpec input, int batch) {
    List<TensorSpec> inputs = setup.model().inputs();
    List<long[]> shapes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec spec = inputs.get(i);
      long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
      if (i == setup.pictureInput()) {
        fillOpen(shape, pictureShape(input, batch));
      } else {
        List<Long> values = head.constants().get(spec.name());
        if (values == null) {
          throw setup.unfit("takes " + spec + ", which the head does not know how to fill");
        }
        fillOpen(shape, batch, values.size());
      }
      shapes.add(shape);
    }
    return shapes;
  }

  private static long[] pictureShape(ImageSpec spec, int batch) {
    int channels = spec.channels().channels();
    return switch (spec.layout()) {
      case NCHW -> new long[] {batch, channels, spec.height(), spec.width()};
      case NHWC -> new long[] {batch, spec.height(), spec.width(), channels};
    };
  }

  private static void fillOpen(long[] shape, long... sizes) {
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == TensorSpec.DYNAMIC) {
        shape[axis] = axis < sizes.length ? sizes[axis] : 1;
      }
    }
  }

  private static ImageTensor[] pictures(ByteBuffer input, ImageSpec spec, int batch) {
    ImageTensor[] pictures = new ImageTensor[batch];
    for (int i = 0; i < batch; i++) {
      ByteBuffer part = input.duplicate().order(input.order());
      pictures[i] = ImageTensor.over(spec, part.position(i * spec.bytes()));
    }
    return pictures;
  }

  private static void fillConstants(
      InferenceContext context, ModelSetup setup, ModelHead head, int batch) {
    for (Map.Entry<String, List<Long>> constant : head.constants().entrySet()) {
      List<TensorSpec> inputs = setup.model().inputs();
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).name().equals(constant.getKey())) {
          fill(context.input(i), inputs.get(i).type(), constant.getValue(), batch, setup);
        }
      }
    }
  }

  private static void fill(
      ByteBuffer input, ElementType type, List<Long> values, int batch, ModelSetup setup) {
    for (int i = 0; i < batch * values.size(); i++) {
      long value = values.get(i % values.size());
      switch (type) {
        case INT64 -> input.putLong(8 * i, value);
        case INT32 -> input.putInt(4 * i, (int) value);
        case FLOAT32 -> input.putFloat(4 * i, (float) value);
        default ->
            throw setup.unfit("takes constants of type " + type + ", which none is filled with");
      }
    }
  }

  int batch() {
    return pictures.length;
  }

  void write(Frame frame, int image) {
    long start = System.nanoTime();
    placements[image] = frame.writeTo(pictures[image]);
    preprocessNanos[image] = System.nanoTime() - start;
  }

  List<Tensor> run() {
    return context.run();
  }

  Placement placement(int image) {
    return placements[image];
  }

  long preprocessNanos(int image) {
    return preprocessNanos[image];
  }

  Candidates candidates() {
    return candidates;
  }

  void cancel() {
    context.cancel();
  }

  @Override
  public void close() {
    context.close();
  }
}
