package io.videoml.testkit.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The serving process: obeys one line at a time, answers each with one, and ends with its input, so
 * that it never outlives the process that started it.
 */
final class CameraProcess {
  /** What answers start with; all else that is printed is a library's chatter. */
  static final String ANSWER = "@camera ";

  static final String OK = "ok";

  private @Nullable CameraService service;

  private CameraProcess() {}

  public static void main(String[] arguments) throws IOException {
    CameraProcess process = new CameraProcess();
    try (BufferedReader orders =
            new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8));
        PrintStream answers =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        answers.println(ANSWER + process.obey(order));
      }
    } finally {
      // Clients, and threads of GStreamer, must not delay the end.
      Runtime.getRuntime().halt(0);
    }
  }

  private String obey(String order) {
    String[] words = order.split(" ", -1);
    try {
      switch (words[0]) {
        case "probe" -> {
          Gst.gst_init(Gst.NULL, Gst.NULL);
          List<String> missing = PipelineText.missing();
          return missing.isEmpty() ? OK : "missing " + String.join(", ", missing);
        }
        case "serve" -> serve(words[1], CameraSettings.parse(words[2]));
        case "change" -> running().change(CameraSettings.parse(words[1]));
        case "accept" -> running().accept();
        case "refuse" -> running().refuse();
        case "drop" -> running().dropConnections();
        default -> throw new IllegalArgumentException("unknown order " + words[0]);
      }
      return OK;
    } catch (RuntimeException | LinkageError e) {
      return e.toString().replace('\n', ' ');
    }
  }

  private void serve(String port, CameraSettings settings) {
    Gst.gst_init(Gst.NULL, Gst.NULL);
    service = new CameraService(settings, port);
    long loop = Gst.g_main_loop_new(Gst.NULL, false);
    Thread thread = new Thread(() -> Gst.g_main_loop_run(loop), "rtsp");
    thread.setDaemon(true);
    thread.start();
  }

  private CameraService running() {
    if (service == null) {
      throw new IllegalStateException("nothing is served yet");
    }
    return service;
  }
}
