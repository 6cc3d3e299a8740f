package io.videoml.cli.options;

import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.source.FrameSource;
import picocli.CommandLine.Option;

/** Where frames come from. */
public final class SourceOptions {
  /** What opens a source. */
  public enum Backend {
    auto,
    ffmpeg,
    gstreamer
  }

  @Option(
      names = "--source",
      required = true,
      paramLabel = "URI",
      description =
          "A path, or an address: file:, rtsp(s):, http(s): (files, HLS, DASH), udp:, rtp:, srt:,"
              + " gst:LAUNCH-DESCRIPTION.")
  private String address = "";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "auto, ffmpeg or gstreamer. Default: auto, which reads rtsp(s): with GStreamer where it is installed,"
              + " and all else with FFmpeg.")
  private Backend backend = Backend.auto;

  @Option(
      names = "--no-reconnect",
      description =
          "The first loss or end of a stream is the end: exit code 0 where it ended by itself, 1 where it failed."
              + " Default: once connected to, a camera is connected to again for ever.")
  private boolean noReconnect;

  /** Returns the options of an address at their defaults. */
  public static SourceOptions of(String address) {
    return of(address, Backend.auto);
  }

  /** Returns the options of an address. */
  public static SourceOptions of(String address, Backend backend) {
    SourceOptions options = new SourceOptions();
    options.address = address;
    options.backend = backend;
    return options;
  }

  public String address() {
    return address;
  }

  public Backend backend() {
    return backend;
  }

  /**
   * Returns how a stream is kept alive. Whoever types an address is there to see that it is wrong,
   * so what cannot be connected to at all is not tried again.
   */
  public Resilience resilience(FrameSource source) {
    return noReconnect || !source.endless()
        ? Resilience.none()
        : Resilience.defaults().with(ReconnectPolicy.defaults().failingAtFirst());
  }

  /**
   * Returns what the stream is called in results.
   *
   * @param source what the address stands for
   */
  public String streamName(FrameSource source) {
    return StreamName.of(address, source);
  }
}
