package io.videoml.cli.run;

import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.options.SourceOptions.Backend;
import io.videoml.cli.process.CliException;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.source.FrameSource;
import java.nio.file.InvalidPathException;
import java.util.Locale;

/** Chooses what reads an address. */
final class SourceFactory {
  private SourceFactory() {}

  static FrameSource source(SourceOptions options) {
    String address = options.address();
    if (address.isBlank()) {
      throw CliException.usage("--source is empty", "name a file or an address");
    }
    String scheme = scheme(address);
    if (scheme.equals("kvs")) {
      return KvsParts.source(address, options.kvs(), options.endsByItself());
    }
    checkKvs(options);
    try {
      return of(address, scheme, options.backend());
    } catch (InvalidPathException e) {
      throw CliException.usage("--source is no valid path", e.getReason() + "; check it");
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--source cannot be used", String.valueOf(e.getMessage()));
    }
  }

  private static void checkKvs(SourceOptions options) {
    if (options.kvs().start().isPresent()) {
      throw unused("--start");
    }
    if (!options.sharesKvs()) {
      if (options.kvs().endpoint().isPresent()) {
        throw unused("--kvs-endpoint");
      }
      if (options.kvs().region().isPresent()) {
        throw unused("--region");
      }
    }
  }

  private static CliException unused(String option) {
    return CliException.usage(
        option + " does nothing with this source", "it is for kvs://STREAM; leave it out");
  }

  private static FrameSource of(String address, String scheme, Backend backend) {
    if (scheme.equals("gst")) {
      if (backend == Backend.ffmpeg) {
        throw CliException.usage(
            "FFmpeg does not read gst: descriptions", "leave --backend ffmpeg out");
      }
      return GStreamerParts.launch(address.substring(address.indexOf(':') + 1));
    }
    boolean rtsp = scheme.equals("rtsp") || scheme.equals("rtsps");
    boolean gstreamer =
        backend == Backend.gstreamer
            || (backend == Backend.auto && rtsp && GStreamerParts.usable());
    if (!gstreamer) {
      return FfmpegSource.of(address);
    }
    if (rtsp) {
      return GStreamerParts.rtsp(address);
    }
    if (scheme.isEmpty() || scheme.equals("file")) {
      return GStreamerParts.file(address);
    }
    // Without the slashes, what stands before the colon may be a user's name.
    String such = address.startsWith("://", scheme.length()) ? scheme + ": addresses" : "this";
    throw CliException.usage(
        "--backend gstreamer does not read " + such + " by itself",
        "use --backend ffmpeg, or describe it as gst:LAUNCH-DESCRIPTION");
  }

  private static String scheme(String address) {
    int colon = address.indexOf(':');
    return colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
  }
}
