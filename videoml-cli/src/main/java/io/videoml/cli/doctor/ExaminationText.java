package io.videoml.cli.doctor;

import io.videoml.doctor.Finding;
import io.videoml.doctor.Machine;
import io.videoml.gstreamer.GStreamerSupport.Element;
import io.videoml.onnx.OnnxSupport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells an examination to people. */
public final class ExaminationText {
  private ExaminationText() {}

  /** Returns the text. */
  public static String of(Examination examination) {
    TextPage page = new TextPage();
    machine(examination.equipment(), page);
    parts(examination.equipment(), page);
    examination.stream().ifPresent(stream -> StreamText.add(stream, page));
    page.title("Findings");
    if (examination.findings().isEmpty()) {
      page.row("none", "all is well");
    }
    for (Finding finding : examination.findings()) {
      page.row(
          finding.severity().code(),
          finding.symptom().code().replace('_', ' ') + ": " + finding.evidence());
      page.row("", "-> " + finding.remedy());
    }
    List<String> install = examination.equipment().install();
    if (!install.isEmpty()) {
      page.title("To install");
      install.forEach(command -> page.row("", command));
    }
    return page.toString();
  }

  private static void machine(Equipment equipment, TextPage page) {
    Machine machine = equipment.machine();
    page.title("Machine");
    page.row("java", machine.java());
    page.row(
        "system",
        machine.os()
            + ", "
            + machine.arch()
            + machine.glibc().map(version -> ", glibc " + version).orElse(""));
    page.row("processors", Integer.toString(machine.processors()));
    String memory =
        machine.memoryBytes().isPresent() ? gibi(machine.memoryBytes().getAsLong()) + ", " : "";
    page.row("memory", memory + "Java heap up to " + gibi(machine.maxHeapBytes()));
    page.row("MALLOC_ARENA_MAX", machine.mallocArenaMax().orElse("not set"));
    page.row("NVIDIA driver", machine.nvidiaDriver().orElse("none"));
    page.row("libcuda.so.1", machine.cudaProblem().orElse("loads"));
    page.row("render nodes", orNone(machine.renderNodes()));
    page.row("video nodes", orNone(machine.videoNodes()));
  }

  private static void parts(Equipment equipment, TextPage page) {
    page.title("FFmpeg");
    page.row("version", equipment.ffmpeg().version().orElse("does not load"));
    page.row("devices that work", orNone(equipment.ffmpeg().usableDevices()));
    page.title("GStreamer");
    page.row("version", equipment.gstreamer().version().orElse("not installed"));
    List<Element> elements = equipment.gstreamer().elements();
    List<Element> missing = elements.stream().filter(element -> !element.present()).toList();
    page.row(
        "elements",
        "%d of %d".formatted(elements.size() - missing.size(), elements.size())
            + (missing.isEmpty()
                ? ""
                : missing.stream()
                    .map(element -> element.name() + " (" + element.debianPackage() + ")")
                    .collect(Collectors.joining(", ", "; missing: ", ""))));
    page.row("decoders taken", orNone(equipment.chosenDecoders()));
    page.row(
        "do not start",
        equipment.gstreamer().decoders().stream()
            .filter(decoder -> !decoder.usable())
            .map(decoder -> decoder.name())
            .distinct()
            .collect(Collectors.joining(", ")));
    page.row("--backend auto", "rtsp: by " + equipment.rtspBackend() + ", all else by ffmpeg");
    page.title("ONNX Runtime");
    page.row("version", equipment.onnx().version().orElse("does not load"));
    for (OnnxSupport.Provider provider : equipment.onnx().accelerators()) {
      page.row(
          provider.accelerator().name().toLowerCase(Locale.ROOT),
          provider.problem().map(why -> "no: " + firstLine(why)).orElse("loads the demo model"));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String orNone(List<String> values) {
    return values.isEmpty() ? "none" : String.join(", ", values);
  }

  private static String gibi(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
