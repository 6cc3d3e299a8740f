package io.videoml.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.videoml.detect.Box;
import io.videoml.testkit.DetectionScore.Truth;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The project's own demo: a rendered street scene, a small detector trained on other such scenes,
 * and what is really in each frame.
 *
 * <p>Threading: safe. Files are unpacked once per process, and deleted when it ends.
 */
public final class DemoClip {
  private static final Map<String, Path> UNPACKED = new HashMap<>();

  private DemoClip() {}

  /** Returns the clip, an H.264 file. */
  public static Path video() {
    return unpacked("demo.mp4");
  }

  /** Returns the detector, an ONNX file that names its classes. */
  public static Path model() {
    return unpacked("demo.onnx");
  }

  /** Returns the objects of every frame, by position in the clip. */
  public static List<List<Truth>> truth() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource("demo-truth.csv"), UTF_8))) {
      List<List<Truth>> frames = new ArrayList<>();
      lines.lines().skip(/* header */ 1).forEach(line -> add(frames, line.split(",")));
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds one object; a line that gives only a frame says that it is empty. */
  private static void add(List<List<Truth>> frames, String[] fields) {
    int frame = Integer.parseInt(fields[0]);
    while (frames.size() <= frame) {
      frames.add(new ArrayList<>());
    }
    if (fields.length == 1) {
      return;
    }
    Box box =
        new Box(
            Float.parseFloat(fields[2]),
            Float.parseFloat(fields[3]),
            Float.parseFloat(fields[4]),
            Float.parseFloat(fields[5]));
    boolean ignore = Boolean.parseBoolean(fields[6]);
    frames.get(frame).add(new Truth(Integer.parseInt(fields[1]), box, ignore));
  }

  private static synchronized Path unpacked(String name) {
    return UNPACKED.computeIfAbsent(name, DemoClip::unpack);
  }

  private static Path unpack(String name) {
    try (InputStream content = resource(name)) {
      Path directory = Files.createTempDirectory("videoml-demo");
      directory.toFile().deleteOnExit(); // after the file: the last registered goes first
      Path file = directory.resolve(name);
      file.toFile().deleteOnExit();
      Files.copy(content, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the demo's " + name, e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream content = DemoClip.class.getResourceAsStream("demo/" + name);
    if (content == null) {
      throw new FileNotFoundException("io/videoml/testkit/demo/" + name + " is not in this build");
    }
    return content;
  }
}
