package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.source.SourceException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativesTest {
  @Test
  void describe_nativesNotOnTheClassPath_namesTheArtifacts() {
    LinkageError failure = new UnsatisfiedLinkError("no jniavutil in java.library.path");

    assertThat(Natives.describe(failure))
        .contains("org.bytedeco:ffmpeg:8.")
        .contains("org.bytedeco:javacpp:1.");
  }

  @Test
  void describe_systemLibraryMissing_namesThePackage() {
    LinkageError failure =
        new LinkageError(
            "no jniavutil in java.library.path",
            new UnsatisfiedLinkError(
                "/c/libjniavutil.so: libudev.so.1: cannot open shared object file: No such file"));

    assertThat(Natives.describe(failure)).contains("libudev.so.1").contains("libudev1");
  }

  @Test
  void open_missingFile_saysSoBeforeFfmpegIsLoaded() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    String printed =
        Program.run(
            java,
            "-Dorg.bytedeco.javacpp.platform=none-at-all",
            "-cp",
            System.getProperty("java.class.path"),
            OpenMissingFile.class.getName());

    assertThat(printed.strip()).isEqualTo("NOT_FOUND NOT_FOUND");
  }

  /** A program for a machine on which FFmpeg cannot be loaded. */
  static final class OpenMissingFile {
    private OpenMissingFile() {}

    public static void main(String[] arguments) {
      FfmpegSource source = FfmpegSource.of("no-such.mp4");
      System.out.print(kind(source::open) + " ");
      System.out.print(kind(() -> KeyFrames.list(source)));
    }

    private static String kind(Runnable opening) {
      try {
        opening.run();
        return "opened";
      } catch (SourceException e) {
        return e.kind().name();
      }
    }
  }
}
