package io.videoml.doctor;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Memory;
import java.util.List;
import java.util.Locale;

/** Memory that is lost, devices that are idle. */
final class ResourceFindings {
  private static final long MEBI = 1 << 20;
  private static final long GROWTH = 48 * MEBI;
  private static final long STEADY = 12 * MEBI;

  /** Streams that cost a processor less than this need no device. */
  private static final double WORTH_IT = 0.1;

  private ResourceFindings() {}

  static void add(StreamReport report, List<String> hardware, List<Finding> findings) {
    report.memory().ifPresent(memory -> memory(memory, findings));
    boolean processor = report.stream().hardware().isEmpty();
    if (processor && !hardware.isEmpty() && report.timing().decodeShare() > WORTH_IT) {
      findings.add(
          new Finding(
              Symptom.GPU_NOT_USED,
              Severity.WARNING,
              String.format(
                  Locale.ROOT,
                  "%s decodes on the processor, for %.0f %% of the time, but %s works here",
                  report.stream().decoder(),
                  100 * report.timing().decodeShare(),
                  String.join(", ", hardware)),
              "FfmpegSource.builder(...).hardware(HardwareDecode.AUTO), or RtspSource, which takes a device by"
                  + " itself"));
    }
  }

  private static void memory(Memory memory, List<Finding> findings) {
    if (memory.growth() >= GROWTH && memory.steady() >= STEADY) {
      findings.add(
          new Finding(
              Symptom.MEMORY_GROWTH,
              Severity.WARNING,
              "native memory grew by %d MiB, %d MiB of it in the last third of the run"
                  .formatted(memory.growth() / MEBI, memory.steady() / MEBI),
              "watch for longer: where it levels off, it is malloc's arenas, and MALLOC_ARENA_MAX=2 in the"
                  + " environment keeps it small; where it does not, look for frames that were shared and never"
                  + " closed"));
    }
  }

  static void add(Machine machine, List<Finding> findings) {
    if (machine.nvidiaDriver().isPresent() && machine.cudaProblem().isPresent()) {
      findings.add(
          new Finding(
              Symptom.GPU_NOT_USED,
              Severity.WARNING,
              "the NVIDIA driver %s is loaded, but libcuda.so.1 is not usable: %s"
                  .formatted(
                      machine.nvidiaDriver().orElseThrow(), machine.cudaProblem().orElseThrow()),
              "install libcuda1 of the driver's version; in a container, run it with --gpus all and"
                  + " NVIDIA_DRIVER_CAPABILITIES=compute,video,utility"));
    }
    if (!machine.closedNodes().isEmpty()) {
      findings.add(
          new Finding(
              Symptom.GPU_NOT_USED,
              Severity.WARNING,
              "this user may not open " + String.join(", ", machine.closedNodes()),
              "add the user to the groups render and video, or pass the devices into the container"));
    }
    if (machine.glibc().isPresent() && machine.mallocArenaMax().isEmpty()) {
      findings.add(
          new Finding(
              Symptom.MEMORY_GROWTH,
              Severity.ADVICE,
              "MALLOC_ARENA_MAX is not set, and %d processors let glibc keep up to %d arenas of native memory"
                  .formatted(machine.processors(), 8 * machine.processors()),
              "set MALLOC_ARENA_MAX=2 in the environment of programs with many streams"));
    }
  }
}
