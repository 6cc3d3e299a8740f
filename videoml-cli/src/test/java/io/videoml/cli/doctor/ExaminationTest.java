package io.videoml.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.videoml.doctor.Finding;
import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.Machine;
import io.videoml.doctor.Symptom;
import io.videoml.ffmpeg.FfmpegSupport;
import io.videoml.gstreamer.GStreamerSupport;
import io.videoml.gstreamer.GStreamerSupport.Element;
import io.videoml.gstreamer.GStreamerSupport.VideoDecoder;
import io.videoml.onnx.Accelerator;
import io.videoml.onnx.OnnxSupport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Machines that lack something, by hand. */
class ExaminationTest {
  private Optional<String> driver = Optional.empty();
  private FfmpegSupport ffmpeg =
      new FfmpegSupport(
          Optional.of("8.0.1"), Optional.empty(), List.of(new FfmpegSupport.Device("cuda", false)));
  private GStreamerSupport gstreamer = gstreamer(true, "avdec_h264", "");
  private OnnxSupport onnx = onnx(Optional.empty());

  @Test
  void of_completeMachine_isHealthyAndHasNothingToInstall() {
    Examination examination = examine();

    assertThat(examination.findings()).isEmpty();
    assertThat(examination.healthy()).isTrue();
    assertThat(examination.equipment().install()).isEmpty();
    assertThat(ExaminationText.of(examination))
        .contains("rtsp: by gstreamer", "h264 avdec_h264", "all is well");
  }

  @Test
  void of_noFfmpeg_isNotHealthy() {
    ffmpeg = new FfmpegSupport(Optional.empty(), Optional.of("add org.bytedeco:x"), List.of());

    Examination examination = examine();

    assertThat(examination.healthy()).isFalse();
    assertThat(ExaminationText.of(examination)).contains("does not load", "add org.bytedeco:x");
  }

  @Test
  void of_noOnnxRuntime_isNotHealthy() {
    onnx = new OnnxSupport(Optional.empty(), Optional.of("glibc is too old"), List.of());

    assertThat(examine().healthy()).isFalse();
    assertThat(examine().findings().get(0).evidence()).contains("glibc is too old");
  }

  @Test
  void of_noGStreamer_isHealthyAndNamesThePackages() {
    gstreamer =
        new GStreamerSupport(
            Optional.empty(),
            Optional.of("GStreamer does not load"),
            List.of(
                new Element("rtspsrc", false, "gstreamer1.0-plugins-good"),
                new Element("appsink", false, "gstreamer1.0-plugins-base")),
            List.of());

    Examination examination = examine();

    assertThat(examination.healthy()).isTrue();
    assertThat(examination.findings())
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.ADVICE);
    assertThat(examination.equipment().install())
        .containsExactly("apt-get install gstreamer1.0-plugins-base gstreamer1.0-plugins-good");
    assertThat(ExaminationText.of(examination))
        .contains("rtsp: by ffmpeg", "rtspsrc (gstreamer1.0");
  }

  @Test
  void of_cardThatNothingUses_saysWhatToTake() {
    driver = Optional.of("550.54.15");

    Examination examination = examine();

    assertThat(examination.findings())
        .extracting(Finding::symptom)
        .containsOnly(Symptom.GPU_NOT_USED)
        .hasSize(2);
    assertThat(examination.equipment().install())
        .containsExactly(
            "Maven: com.microsoft.onnxruntime:onnxruntime_gpu:1.29.0 in place of"
                + " com.microsoft.onnxruntime:onnxruntime");
  }

  @Test
  void of_cardThatIsUsed_findsNothing() {
    driver = Optional.of("550.54.15");
    gstreamer = gstreamer(true, "nvh264dec", "cuda");
    onnx =
        new OnnxSupport(
            Optional.of("1.29.0"),
            Optional.empty(),
            List.of(
                new OnnxSupport.Provider(Accelerator.CPU, true, Optional.empty()),
                new OnnxSupport.Provider(Accelerator.CUDA, true, Optional.empty())));

    assertThat(examine().findings()).isEmpty();
    assertThat(examine().equipment().hardwareFor("h264")).containsExactly("nvh264dec");
    assertThat(examine().equipment().hardwareFor("hevc")).isEmpty();
  }

  private Examination examine() {
    Machine machine =
        new Machine(
            "Vendor 17",
            "Linux 6",
            "amd64",
            Optional.of("2.36"),
            2,
            OptionalLong.of(4L << 30),
            1 << 30,
            Optional.of("2"),
            driver,
            driver.isPresent() ? Optional.empty() : Optional.of("there is no libcuda.so.1"),
            List.of(),
            List.of(),
            List.of());
    return Examination.of(new Equipment(machine, ffmpeg, gstreamer, onnx), Optional.empty());
  }

  private static GStreamerSupport gstreamer(boolean usable, String decoder, String device) {
    return new GStreamerSupport(
        Optional.of("1.22.0"),
        Optional.empty(),
        List.of(new Element("rtspsrc", usable, "gstreamer1.0-plugins-good")),
        List.of(
            new VideoDecoder(
                decoder,
                "h264",
                device.isEmpty() ? Optional.empty() : Optional.of(device),
                usable)));
  }

  private static OnnxSupport onnx(Optional<String> cpuProblem) {
    return new OnnxSupport(
        Optional.of("1.29.0"),
        Optional.empty(),
        List.of(
            new OnnxSupport.Provider(Accelerator.CPU, true, cpuProblem),
            new OnnxSupport.Provider(Accelerator.CUDA, false, Optional.of("not built"))));
  }
}
