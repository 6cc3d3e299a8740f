package io.videoml.cli.options;

import io.videoml.resilience.Liveness;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.resilience.Resilience;
import io.videoml.source.FrameSource;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where frames come from. */
public final class SourceOptions {
  /** What opens a source. */
  public enum Backend {
    auto,
    ffmpeg,
    gstreamer
  }

  /** Fragments last 20 seconds at most; the source itself mends what is silent for longer. */
  private static final Duration BETWEEN_FRAGMENTS = Duration.ofSeconds(150);

  @Option(
      names = "--source",
      required = true,
      paramLabel = "URI",
      description =
          "A path, or an address: file:, rtsp(s):, http(s): (files, HLS, DASH), udp:, rtp:, srt:,"
              + " kvs://STREAM, gst:LAUNCH-DESCRIPTION.")
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

  @Mixin private KvsOptions kvs = new KvsOptions();

  private boolean sharesKvs;

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

  /** Returns these, with others for Kinesis Video Streams. */
  public SourceOptions with(KvsOptions options) {
    kvs = options;
    return this;
  }

  /** Returns these, where something else than the source is a Kinesis video stream as well. */
  public SourceOptions sharingKvs() {
    sharesKvs = true;
    return this;
  }

  /** Returns whether endpoint and region are of use for another than the source. */
  public boolean sharesKvs() {
    return sharesKvs;
  }

  /** Returns the options for Kinesis Video Streams. */
  public KvsOptions kvs() {
    return kvs;
  }

  /** Returns whether the first end is the end. */
  public boolean endsByItself() {
    return noReconnect;
  }

  /** Returns whether a source that is lost is connected to again. */
  public boolean reconnects(FrameSource source) {
    return !noReconnect && source.endless();
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
    Liveness liveness = liveness(source);
    return reconnects(source)
        ? Resilience.defaults().with(ReconnectPolicy.defaults().failingAtFirst()).with(liveness)
        : Resilience.none().with(liveness);
  }

  /** Returns how long a source may be silent: a Kinesis stream comes fragment by fragment. */
  public static Liveness liveness(FrameSource source) {
    Liveness usual = Liveness.defaults();
    return source.id().startsWith("kvs://")
        ? usual
            .bytesWithin(BETWEEN_FRAGMENTS)
            .framesWithin(BETWEEN_FRAGMENTS)
            .keyFramesWithin(BETWEEN_FRAGMENTS)
            .firstFrameWithin(BETWEEN_FRAGMENTS)
        : usual;
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
