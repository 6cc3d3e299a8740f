package io.videoml.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

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
}
