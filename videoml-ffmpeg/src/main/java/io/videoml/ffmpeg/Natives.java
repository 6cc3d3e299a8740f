package io.videoml.ffmpeg;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.io.IOException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Loads FFmpeg once, and says what to install where that fails.
 *
 * <p>FFmpeg's own log is silenced: its lines hold whole addresses, passwords included, and a Java
 * callback for them would run on the decoder's threads, even while the JVM ends. A level that
 * somebody else has set stays.
 */
final class Natives {
  private static final @Nullable String MISSING = load();

  private Natives() {}

  /**
   * Makes sure that FFmpeg is there.
   *
   * @throws SourceException naming the missing artifact or system package
   */
  static void require(String source) {
    String missing = missing();
    if (missing != null) {
      throw new SourceException(Kind.UNSUPPORTED, source, missing);
    }
  }

  /** Returns what is missing and how to get it; null where FFmpeg runs. */
  static @Nullable String missing() {
    return MISSING;
  }

  private static @Nullable String load() {
    try {
      Loader.load(avutil.class);
      Loader.load(avcodec.class);
      Loader.load(avformat.class);
      Loader.load(swscale.class);
      if (avutil.av_log_get_level() == avutil.AV_LOG_INFO) {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      }
      avformat.avformat_network_init();
      return null;
    } catch (LinkageError e) {
      return describe(e);
    }
  }

  /**
   * Distinguishes natives that are not on the class path from natives that lack a system library.
   */
  static String describe(LinkageError failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      int end = text.indexOf(": cannot open shared object file");
      if (end >= 0) {
        String library = text.substring(text.lastIndexOf(' ', end - 1) + 1, end);
        String remedy =
            library.startsWith("libudev")
                ? "apt-get install libudev1"
                : "the system package that holds it";
        return "FFmpeg needs the system library " + library + "; install it: " + remedy;
      }
    }
    String platform = Loader.Detector.getPlatform();
    return "FFmpeg's native libraries are not on the class path; add org.bytedeco:ffmpeg:"
        + version("ffmpeg")
        + ":"
        + platform
        + " and org.bytedeco:javacpp:"
        + version("javacpp")
        + ":"
        + platform;
  }

  private static String version(String artifact) {
    try {
      return Loader.getVersion("org.bytedeco", artifact);
    } catch (IOException e) {
      return "<version>"; // repackaged: the class path no longer says
    }
  }
}
