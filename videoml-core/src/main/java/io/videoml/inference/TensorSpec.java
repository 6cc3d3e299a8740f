package io.videoml.inference;

import static java.util.Objects.requireNonNull;

import io.videoml.tensor.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a model declares of one input or output.
 *
 * @param name as in the model file
 * @param type type of the elements
 * @param shape one size per axis, {@link #DYNAMIC} where the model leaves it open
 */
public record TensorSpec(String name, ElementType type, List<Long> shape) {
  /** Stands for a size that the model leaves open, as model formats have it. */
  public static final long DYNAMIC = -1;

  public TensorSpec {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    shape = List.copyOf(requireNonNull(shape, "shape"));
    for (long size : shape) {
      if (size < DYNAMIC) {
        throw new IllegalArgumentException(
            name + " has the shape " + shape + "; sizes are 0 or more, or " + DYNAMIC);
      }
    }
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.size();
  }

  /**
   * Returns the size of an axis, counted from the end where negative; {@link #DYNAMIC} where it is
   * open.
   */
  public long size(int axis) {
    return shape.get(axis < 0 ? rank() + axis : axis);
  }

  /** Returns whether every size is known. */
  public boolean fixed() {
    return !shape.contains(DYNAMIC);
  }

  /** Returns, as in messages, {@code images 1x3x?x? float32}; a question mark is an open size. */
  @Override
  public String toString() {
    String sizes =
        shape.stream()
            .map(size -> size == DYNAMIC ? "?" : size.toString())
            .collect(Collectors.joining("x"));
    return (name + " " + sizes).strip() + " " + type.toString().toLowerCase(Locale.ROOT);
  }
}
