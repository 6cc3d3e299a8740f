package io.videoml.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import io.videoml.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What ONNX Runtime has to complain of, and what to do. */
final class OnnxErrors {
  private OnnxErrors() {}

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
