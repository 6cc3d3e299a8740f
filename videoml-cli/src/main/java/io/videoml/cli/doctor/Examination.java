package io.videoml.cli.doctor;

import io.videoml.doctor.Diagnosis;
import io.videoml.doctor.Finding;
import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport;
import io.videoml.doctor.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found out of a machine, and of a stream.
 *
 * @param equipment what the machine has
 * @param stream what was measured of the stream; empty where none was asked for
 * @param findings what is not well, the worst first
 */
public record Examination(Equipment equipment, Optional<Stream> stream, List<Finding> findings) {

  public Examination {
    findings = List.copyOf(findings);
  }

  /**
   * A stream that was watched.
   *
   * @param backend what read it, as {@code "gstreamer"}
   * @param transport how it came, as {@code "rtsp over tcp"}
   * @param report what was measured
   */
  public record Stream(String backend, String transport, StreamReport report) {}

  /** Judges a machine, and a stream on it. */
  public static Examination of(Equipment equipment, Optional<Stream> stream) {
    List<Finding> findings = new ArrayList<>();
    parts(equipment, findings);
    findings.addAll(Diagnosis.of(equipment.machine()));
    stream.ifPresent(
        watched ->
            findings.addAll(
                Diagnosis.of(
                    watched.report(), equipment.hardwareFor(watched.report().stream().codec()))));
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new Examination(equipment, stream, findings);
  }

  private static void parts(Equipment equipment, List<Finding> findings) {
    equipment
        .ffmpeg()
        .problem()
        .ifPresent(
            problem ->
                findings.add(
                    new Finding(
                        Symptom.UNSUPPORTED,
                        Severity.ERROR,
                        "FFmpeg does not load: " + problem,
                        "without it no file, HLS, DASH, UDP or SRT is read")));
    if (!equipment.onnx().usable()) {
      findings.add(
          new Finding(
              Symptom.UNSUPPORTED,
              Severity.ERROR,
              "no model runs: "
                  + equipment.onnx().problem().orElse("it does not load on the processor"),
              "without ONNX Runtime nothing is detected; frames can still be sampled"));
    }
    if (!equipment.gstreamer().usable()) {
      findings.add(
          new Finding(
              Symptom.UNSUPPORTED,
              Severity.ADVICE,
              equipment
                  .gstreamer()
                  .problem()
                  .orElse(
                      "GStreamer lacks "
                          + String.join(", ", equipment.gstreamer().missingPackages())),
              "cameras are read with FFmpeg until it is installed"));
    }
    gpu(equipment, findings);
  }

  private static void gpu(Equipment equipment, List<Finding> findings) {
    if (equipment.machine().nvidiaDriver().isPresent() && !equipment.onnx().accelerated()) {
      findings.add(
          new Finding(
              Symptom.GPU_NOT_USED,
              Severity.WARNING,
              "there is an NVIDIA card, but models run on the processor only",
              "take the artifact onnxruntime_gpu, with CUDA 12 and cuDNN 9, and"
                  + " OnnxDetector.builder(...).accelerator(Accelerator.CUDA)"));
    }
    if (equipment.machine().hasGpu() && !equipment.decodesInHardware()) {
      findings.add(
          new Finding(
              Symptom.GPU_NOT_USED,
              Severity.ADVICE,
              "there is a GPU, but no decoder that uses it works here",
              "install its video driver (NVIDIA: libnvcuvid1; Intel, AMD: a VA-API driver) and delete"
                  + " ~/.cache/gstreamer-1.0, where GStreamer remembers what it did not find"));
    }
  }

  /** Returns whether nothing is wrong enough to fail for. */
  public boolean healthy() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
