package io.videoml.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import io.videoml.inference.InferenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What is wrong with a model file, and what to do. */
final class OnnxErrors {
  private OnnxErrors() {}

  /**
   * Fails if there is no file that could be a model; ONNX Runtime would not say what is there
   * instead.
   */
  static void requireModelFile(String path) {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      throw new InferenceException(path, "is no valid path: " + e.getReason(), e);
    }
    if (Files.isDirectory(file)) {
      throw new InferenceException(path, "is a directory; name the .onnx file in it");
    }
    if (!Files.exists(file)) {
      throw new InferenceException(path, "there is no such file");
    }
    if (!Files.isReadable(file)) {
      throw new InferenceException(path, "the file may not be read; check its permissions");
    }
    byte[] start = start(path, file);
    if (start.length == 0) {
      throw new InferenceException(path, "the file is empty");
    }
    String text = new String(start, StandardCharsets.US_ASCII);
    if (text.startsWith("version https://git-lfs")) {
      throw new InferenceException(
          path, "is a Git LFS pointer, not the model itself; run git lfs pull");
    }
  }

  private static byte[] start(String path, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(64);
    } catch (IOException e) {
      throw new InferenceException(path, "cannot be read: " + e, e);
    }
  }

  /** Returns why a model could not be loaded. */
  static InferenceException loading(String path, OrtException e) {
    String text = text(e);
    if (e.getCode() == OrtErrorCode.ORT_INVALID_PROTOBUF
        || text.contains("does not have a graph")) {
      text = "is not an ONNX model, or only a part of one (" + size(path) + " bytes)";
    } else if (text.contains("External data path")) {
      text = "the file with its weights is missing; it must lie where the model says: " + text;
    } else if (text.contains("opset") || text.contains("IR version")) {
      text =
          "is of a version that ONNX Runtime does not know; export it for an older opset: " + text;
    } else {
      text = "cannot be loaded: " + text;
    }
    return new InferenceException(path, text, e);
  }

  private static String size(String path) {
    try {
      return Long.toString(Files.size(Path.of(path)));
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Returns ONNX Runtime's own words, without the error code that it puts before them. */
  static String text(OrtException e) {
    String message = String.valueOf(e.getMessage());
    return message.replaceFirst("^Error code - \\w+ - message: ", "").strip();
  }
}
