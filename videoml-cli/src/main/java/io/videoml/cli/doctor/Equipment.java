package io.videoml.cli.doctor;

import io.videoml.doctor.Machine;
import io.videoml.ffmpeg.FfmpegSupport;
import io.videoml.gstreamer.DecoderPreference;
import io.videoml.gstreamer.GStreamerSupport;
import io.videoml.gstreamer.GStreamerSupport.VideoDecoder;
import io.videoml.onnx.OnnxSupport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a machine has.
 *
 * @param machine the machine itself
 * @param ffmpeg needed
 * @param gstreamer better for cameras, and not needed
 * @param onnx needed for detection
 */
public record Equipment(
    Machine machine, FfmpegSupport ffmpeg, GStreamerSupport gstreamer, OnnxSupport onnx) {
  /** FFmpeg's devices that are no pretence: Vulkan also runs on the processor. */
  private static final Set<String> DECODING =
      Set.of("cuda", "vaapi", "qsv", "videotoolbox", "d3d11va");

  /**
   * Looks at this machine.
   *
   * @param model a small one, to try ONNX Runtime with
   */
  public static Equipment look(Path model) {
    return new Equipment(
        Machine.look(), FfmpegSupport.probe(), GStreamerSupport.probe(), OnnxSupport.probe(model));
  }

  /** Returns the decoders in hardware that work here for a codec. */
  List<String> hardwareFor(String codec) {
    return Stream.concat(
            gstreamer.decoders().stream()
                .filter(d -> d.codec().equals(codec) && d.usable() && d.device().isPresent())
                .map(VideoDecoder::name),
            devices().stream().map(device -> device + " of FFmpeg"))
        .toList();
  }

  /** Returns the devices of FFmpeg that decode and work here. */
  List<String> devices() {
    return ffmpeg.usableDevices().stream().filter(DECODING::contains).toList();
  }

  /** Returns whether anything here decodes in hardware. */
  boolean decodesInHardware() {
    return !devices().isEmpty()
        || gstreamer.decoders().stream().anyMatch(d -> d.usable() && d.device().isPresent());
  }

  /** Returns what {@code --backend auto} takes for cameras. */
  String rtspBackend() {
    return gstreamer.usable() ? "gstreamer" : "ffmpeg";
  }

  /** Returns the decoder that is taken for each codec, as {@code "h264 avdec_h264"}. */
  List<String> chosenDecoders() {
    return gstreamer.decoders().stream()
        .map(VideoDecoder::codec)
        .distinct()
        .map(codec -> gstreamer.chosen(codec, DecoderPreference.HARDWARE_FIRST))
        .flatMap(Optional::stream)
        .map(d -> d.codec() + " " + d.name() + d.device().map(on -> " on " + on).orElse(""))
        .toList();
  }

  /** Returns what to install, as commands and coordinates. */
  List<String> install() {
    List<String> commands = new ArrayList<>();
    List<String> packages = gstreamer.missingPackages();
    if (!packages.isEmpty()) {
      commands.add("apt-get install " + String.join(" ", packages));
    }
    if (machine.nvidiaDriver().isPresent() && machine.cudaProblem().isPresent()) {
      commands.add("apt-get install libcuda1");
    }
    if (machine.nvidiaDriver().isPresent() && onnx.usable() && !onnx.accelerated()) {
      commands.add(
          "Maven: com.microsoft.onnxruntime:onnxruntime_gpu:"
              + onnx.version().orElse("<version>")
              + " in place of com.microsoft.onnxruntime:onnxruntime");
    }
    return commands;
  }
}
