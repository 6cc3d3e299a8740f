package io.videoml.gstreamer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.testkit.TestClip;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes test media with gst-launch, or says that this machine cannot. */
final class Gstreamer {
  private Gstreamer() {}

  /** Skips the test aloud where GStreamer or one of these elements is missing. */
  static void assumeElements(String... elements) {
    Natives.problem().ifPresent(problem -> assumeTrue(false, problem));
    for (String element : elements) {
      long factory = Gst.gst_element_factory_find(element);
      assumeTrue(factory != 0, () -> Packages.missing(element));
      Gst.gst_object_unref(factory);
    }
  }

  /** Encodes a clip: its raw pictures go through this launch description. */
  static Path encode(TestClip clip, Path file, String encoderAndMuxer) throws Exception {
    Path raw = Files.createTempFile(file.getParent(), "clip", ".yuv");
    try (OutputStream out = Files.newOutputStream(raw)) {
      for (int i = 0; i < clip.frames(); i++) {
        try (OwnedFrame frame = clip.frame(i)) {
          write(frame, out);
        }
      }
    }
    launch(
        "filesrc location=%s ! rawvideoparse format=i420 width=%d height=%d framerate=%d/1 ! %s"
                .formatted(
                    raw, clip.width(), clip.height(), (int) clip.framesPerSecond(), encoderAndMuxer)
            + " ! filesink location="
            + file);
    Files.delete(raw);
    return file;
  }

  private static void write(Frame frame, OutputStream out) throws IOException {
    for (int i = 0; i < frame.info().format().planes(); i++) {
      byte[] row = new byte[frame.plane(i).rowBytes()];
      for (int y = 0; y < frame.plane(i).rows(); y++) {
        frame.plane(i).data().get(y * frame.plane(i).rowStride(), row);
        out.write(row);
      }
    }
  }

  /** Runs a description to its end, in another process. */
  static void launch(String description) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("gst-launch-1.0", "-q"));
    command.addAll(List.of(description.split(" ")));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "gst-launch-1.0 is missing; apt-get install gstreamer1.0-tools");
      throw e;
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("gst-launch-1.0 does not end: " + description);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          description + ": " + new String(process.getInputStream().readAllBytes()));
    }
  }

  /** Returns an encoder of H.264 whose key frames are where the clip has them. */
  static String h264(TestClip clip, int bFrames) {
    return ("x264enc bitrate=1000 speed-preset=fast bframes=%d key-int-max=%d"
            + " option-string=scenecut=0:keyint=%d:min-keyint=%d:open-gop=0 !"
            + " video/x-h264,profile=main ! h264parse")
        .formatted(bFrames, clip.gop(), clip.gop(), clip.gop());
  }
}
