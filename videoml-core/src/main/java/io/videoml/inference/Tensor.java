package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ElementType;
import io.videoml.tensor.Float16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One output of a model, in the engine's memory.
 *
 * <p>Threading: as the context it came from.
 */
public final class Tensor {
  private final String name;
  private final ElementType type;
  private final long[] shape;
  private final int elements;
  private final ByteBuffer data;
  private final FloatBuffer floats;

  /**
   * @param data row-major elements from its position on, in native byte order
   */
  public Tensor(String name, ElementType type, long[] shape, ByteBuffer data) {
    this.name = requireNonNull(name, "name");
    this.type = requireNonNull(type, "type");
    this.shape = shape.clone();
    this.data = data.slice().order(ByteOrder.nativeOrder());
    this.elements = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    this.floats = this.data.asFloatBuffer();
    long needed = (long) elements * type.bytes();
    if (this.data.capacity() < needed) {
      throw new IllegalArgumentException(
          name
              + " of shape "
              + Arrays.toString(shape)
              + " needs "
              + needed
              + " bytes, had "
              + this.data.capacity());
    }
  }

  /** Returns a tensor over a copy of the values. */
  public static Tensor of(String name, float[] values, long... shape) {
    ByteBuffer data = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.nativeOrder());
    data.asFloatBuffer().put(values);
    return new Tensor(name, ElementType.FLOAT32, shape, data);
  }

  /** Returns the name of the output. */
  public String name() {
    return name;
  }

  /** Returns the type of the elements. */
  public ElementType type() {
    return type;
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.length;
  }

  /** Returns the size of an axis, counted from the end where negative. */
  public int size(int axis) {
    return Math.toIntExact(shape[axis < 0 ? shape.length + axis : axis]);
  }

  /** Returns the number of elements. */
  public int elements() {
    return elements;
  }

  /** Copies elements as floats to the start of an array; for many elements, without garbage. */
  public void read(int from, float[] into, int count) {
    if (type == ElementType.FLOAT32) {
      floats.get(from, into, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      into[i] = get(from + i);
    }
  }

  /** Returns the elements as floats: a view where they are 32-bit floats, else a converted copy. */
  public FloatBuffer floats() {
    if (type == ElementType.FLOAT32) {
      return floats.duplicate().limit(elements);
    }
    float[] converted = new float[elements()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = get(i);
    }
    return FloatBuffer.wrap(converted);
  }

  /** Returns one element as a float. */
  public float get(int i) {
    return switch (type) {
      case FLOAT32 -> data.getFloat(4 * i);
      case FLOAT16 -> Float16.toFloat(data.getShort(2 * i));
      case FLOAT64 -> (float) data.getDouble(8 * i);
      case UINT8 -> data.get(i) & 0xff;
      case INT8 -> data.get(i);
      case INT32 -> data.getInt(4 * i);
      case INT64 -> data.getLong(8 * i);
      case BOOL -> data.get(i) == 0 ? 0 : 1;
    };
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }
}
