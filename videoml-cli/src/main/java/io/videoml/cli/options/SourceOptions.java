package io.videoml.cli.options;

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
          "A path, or an address: file:, rtsp(s):, http(s): (files, HLS, DASH), udp:, rtp:, srt:.")
  private String address = "";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "auto or ffmpeg; gstreamer comes with a later version. Default: auto.")
  private Backend backend = Backend.auto;

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
   * Returns what the stream is called in results.
   *
   * @param source what the address stands for
   */
  public String streamName(FrameSource source) {
    return StreamName.of(address, source);
  }
}
