package io.videoml.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.inference.InferenceContext;
import io.videoml.inference.InferenceEngine;
import io.videoml.inference.InferenceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can only be seen from outside a process. */
class OnnxProcessTest {
  @TempDir Path directory;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = directory.resolve("output.txt");
  }

  @RepeatedTest(5)
  void exit_whileCallsRun_endsQuietlyAndWithoutACrash() throws Exception {
    Path model = TestModels.slow(directory.resolve("slow.onnx"), 4000);

    int status =
        java(System.getProperty("java.class.path"), ExitsWhileRunning.class, model.toString());

    assertThat(Files.readString(output)).isEqualToIgnoringWhitespace("exits");
    assertThat(status).isZero();
    try (var files = Files.list(directory)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
    }
  }

  @Test
  void open_brokenModels_writesNothingToStandardError() throws Exception {
    Path text = Files.writeString(directory.resolve("text.onnx"), "text");
    Path unknown =
        new OnnxWriter()
            .input("x", OnnxWriter.FLOAT, 1)
            .output("y", OnnxWriter.FLOAT, 1)
            .node("Telepathy", List.of("x"), List.of("y"))
            .write(directory.resolve("unknown.onnx"));

    java(
        System.getProperty("java.class.path"), OpensAll.class, text.toString(), unknown.toString());

    assertThat(Files.readAllLines(output)).hasSize(2).allMatch(line -> line.startsWith("says "));
  }

  @Test
  void open_withoutOnnxRuntime_namesTheArtifactEveryTime() throws Exception {
    Path model = TestModels.identity(directory.resolve("model.onnx"), OnnxWriter.FLOAT, 1);
    String others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("onnxruntime"))
            .collect(Collectors.joining(File.pathSeparator));

    java(others, OpensAll.class, model.toString(), model.toString());

    assertThat(Files.readAllLines(output))
        .hasSize(2)
        .allMatch(line -> line.startsWith("says "))
        .allMatch(line -> line.contains("com.microsoft.onnxruntime:onnxruntime"))
        .allMatch(line -> line.contains("ai.onnxruntime"));
  }

  @Test
  void open_nativeLibraryCannotBeLoaded_namesTheArtifactEveryTime() throws Exception {
    Path model = TestModels.identity(directory.resolve("model.onnx"), OnnxWriter.FLOAT, 1);
    Path broken = Files.createDirectory(directory.resolve("native"));
    for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
      Files.writeString(broken.resolve(System.mapLibraryName(name)), "not a library");
    }

    java(
        System.getProperty("java.class.path"),
        List.of("-Donnxruntime.native.path=" + broken),
        OpensAll.class,
        model.toString(),
        model.toString());

    assertThat(Files.readAllLines(output))
        .filteredOn(line -> line.startsWith("says ")) // the JVM itself comments on such libraries
        .hasSize(2)
        .allMatch(line -> line.contains("com.microsoft.onnxruntime:onnxruntime"))
        .allMatch(line -> line.contains(broken.toString()));
  }

  private int java(String classPath, Class<?> main, String... arguments) throws Exception {
    return java(classPath, List.of(), main, arguments);
  }

  private int java(String classPath, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ErrorFile=" + directory.resolve("hs_err.log"));
    command.add("-Djava.io.tmpdir=" + directory);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .directory(directory.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the process ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  static final class ExitsWhileRunning {
    private ExitsWhileRunning() {}

    public static void main(String[] arguments) throws InterruptedException {
      InferenceEngine engine = OnnxDetector.builder(arguments[0]).threads(2).openEngine();
      CountDownLatch starting = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        InferenceContext context = engine.prepare(List.of(new long[] {256, 256}));
        Thread thread = new Thread(() -> runForEver(context, starting));
        thread.setDaemon(true);
        thread.start();
      }
      starting.await();
      System.out.println("exits");
      System.exit(0);
    }

    private static void runForEver(InferenceContext context, CountDownLatch starting) {
      starting.countDown();
      while (true) {
        try {
          context.run();
        } catch (InferenceException | IllegalStateException e) {
          return; // as a pipeline would
        }
      }
    }
  }

  static final class OpensAll {
    private OpensAll() {}

    public static void main(String[] models) {
      for (String model : models) {
        try {
          OnnxDetector.builder(model).openEngine().close();
          System.out.println("opened");
        } catch (InferenceException e) {
          System.out.println("says " + e.getMessage().replace("\n", " "));
        }
      }
    }
  }
}
