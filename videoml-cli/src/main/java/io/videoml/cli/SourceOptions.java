package io.videoml.cli;

import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineBuilder;
import io.videoml.source.FrameSource;
import picocli.CommandLine.Option;

/** Where frames come from. */
final class SourceOptions {
  /** What opens a source. */
  enum Backend {
    auto,
    ffmpeg,
    gstreamer
  }

  @Option(
      names = "--source",
      required = true,
      paramLabel = "URI",
      description =
          "A path, or file:, rtsp(s)://, http(s)://...m3u8 or .mpd, udp://, rtp://, srt://.")
  private String address = "";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "auto or ffmpeg; gstreamer comes with a later version. Default: auto.")
  private Backend backend = Backend.auto;

  String address() {
    return address;
  }

  FrameSource source(Parts parts) {
    if (address.isBlank()) {
      throw CliException.usage("--source is empty", "name a file or an address");
    }
    return parts.source(address, backend);
  }

  /** Returns the start of a pipeline that is named after the source and reads from it. */
  PipelineBuilder pipeline(Parts parts) {
    FrameSource source = source(parts);
    return Pipeline.named(StreamName.of(address, source)).source(source);
  }
}
