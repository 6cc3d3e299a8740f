package io.videoml.doctor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Names the likely causes of what was measured. Pure: the same measurements give the same findings.
 *
 * <p>Threading: safe.
 */
public final class Diagnosis {
  private Diagnosis() {}

  /**
   * Judges a stream.
   *
   * @param hardware decoders of devices that work on this machine for the stream's codec, as {@code
   *     "nvh264dec"}; empty where there are none
   * @return what is not well, the worst first; empty where all is
   */
  public static List<Finding> of(StreamReport report, List<String> hardware) {
    requireNonNull(report, "report");
    List<Finding> findings = new ArrayList<>();
    ConnectionFindings.add(report, findings);
    if (report.connected()) {
      FlowFindings.add(report, findings);
      TimeFindings.add(report, findings);
      PictureFindings.add(report, findings);
      ResourceFindings.add(report, hardware, findings);
    }
    return sorted(findings);
  }

  /** Judges a stream on a machine without decoders in hardware. */
  public static List<Finding> of(StreamReport report) {
    return of(report, List.of());
  }

  /** Judges a machine: what keeps its devices from being used, and what costs memory. */
  public static List<Finding> of(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    ResourceFindings.add(requireNonNull(machine, "machine"), findings);
    return sorted(findings);
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream()
        .sorted(
            (a, b) -> b.severity().compareTo(a.severity())) // stable: else in order of the rules
        .toList();
  }
}
