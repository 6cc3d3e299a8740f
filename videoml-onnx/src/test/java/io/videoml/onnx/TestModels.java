package io.videoml.onnx;

import io.videoml.inference.InferenceEngine;
import io.videoml.inference.head.ModelFamily;
import java.nio.file.Path;
import java.util.List;

/** Models made on the spot, small enough to know by heart what they return. */
final class TestModels {
  /** Cells of {@link #brightCells}: 8 by 8 of 8 by 8 pixels. */
  static final int CELLS = 64;

  private TestModels() {}

  static InferenceEngine open(Path model) {
    return OnnxDetector.builder(model).threads(1).openEngine();
  }

  /** A detector over {@link #brightCells}. */
  static OnnxDetector.Builder cells(Path model) {
    return OnnxDetector.builder(model).threads(1).head(ModelFamily.YOLOV8).confidence(0.1f);
  }

  /** {@code y = x}. */
  static Path identity(Path file, int type, Object... shape) {
    return new OnnxWriter()
        .input("x", type, shape)
        .output("y", type, shape)
        .node("Identity", List.of("x"), List.of("y"))
        .write(file);
  }

  /**
   * Four numbers in; out come the same, and where they are not zero: as many columns as there are
   * such.
   */
  static Path nonZero(Path file) {
    return new OnnxWriter()
        .input("x", OnnxWriter.FLOAT, 1, 4)
        .output("y", OnnxWriter.FLOAT, 1, 4)
        .output("at", OnnxWriter.INT64, 2, "found")
        .node("Identity", List.of("x"), List.of("y"))
        .node("NonZero", List.of("x"), List.of("at"))
        .write(file);
  }

  /**
   * A call of tenths of a second to seconds: so many products of 256 by 256 matrices, one after
   * another.
   */
  static Path slow(Path file, int products) {
    OnnxWriter model =
        new OnnxWriter()
            .input("x", OnnxWriter.FLOAT, 256, 256)
            .output("y", OnnxWriter.FLOAT, 256, 256);
    for (int i = 0; i < products; i++) {
      String from = i == 0 ? "x" : "t" + i;
      String to = i == products - 1 ? "y" : "t" + (i + 1);
      model.node("MatMul", List.of("x", from), List.of(to));
    }
    return model.write(file);
  }

  /**
   * A detector in YOLOv8's format for 64×64 pixels: each cell of 8×8 pixels is an object as
   * confident as the cell is bright. One class for each label.
   *
   * @param batch a number, or a name where it is open
   */
  static Path brightCells(Path file, Object batch) {
    return cells(batch).write(file);
  }

  /** As the other, with so many weights that have no part in what is found. */
  static Path heavyCells(Path file, int weights) {
    return cells(1)
        .constant("weights", new long[] {weights}, new float[weights])
        .output("ballast", OnnxWriter.FLOAT)
        .node("ReduceMean", List.of("images"), List.of("mean"), OnnxWriter.integer("keepdims", 0))
        .node("Mul", List.of("weights", "mean"), List.of("products"))
        .node(
            "ReduceMax", List.of("products"), List.of("ballast"), OnnxWriter.integer("keepdims", 0))
        .write(file);
  }

  private static OnnxWriter cells(Object batch) {
    float[] boxes = new float[4 * CELLS];
    for (int i = 0; i < CELLS; i++) {
      boxes[i] = i % 8 * 8 + 4;
      boxes[CELLS + i] = i / 8 * 8 + 4;
      boxes[2 * CELLS + i] = 8;
      boxes[3 * CELLS + i] = 8;
    }
    return new OnnxWriter()
        .input("images", OnnxWriter.FLOAT, batch, 3, 64, 64)
        .output("output0", OnnxWriter.FLOAT, batch, 5, CELLS)
        .constant("boxes", new long[] {1, 4, CELLS}, boxes)
        .constant("zero", new long[] {1}, 0)
        .constant("cells", 0, 1, CELLS)
        .node(
            "ReduceMean",
            List.of("images"),
            List.of("gray"),
            OnnxWriter.ints("axes", 1),
            OnnxWriter.integer("keepdims", 1))
        .node(
            "AveragePool",
            List.of("gray"),
            List.of("pooled"),
            OnnxWriter.ints("kernel_shape", 8, 8),
            OnnxWriter.ints("strides", 8, 8))
        .node("Reshape", List.of("pooled", "cells"), List.of("scores"))
        .node("Mul", List.of("scores", "zero"), List.of("none"))
        .node("Add", List.of("none", "boxes"), List.of("allBoxes"))
        .node(
            "Concat",
            List.of("allBoxes", "scores"),
            List.of("output0"),
            OnnxWriter.integer("axis", 1))
        .metadata("names", "{0: 'light'}")
        .metadata("task", "detect")
        .metadata("stride", "32");
  }
}
