package io.videoml.onnx;

import io.videoml.inference.InferenceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What is wrong with a file before anybody looks for a model in it. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Fails if there is no file that could be a model; ONNX Runtime would not say what is there
   * instead.
   */
  static void require(String path) {
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
}
